import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ACCESS_MACHINES } from "../../access/identities/gateway-rules";
import { identities } from "../../access/identities/identities";
import { policyDocument } from "../../access/policy-document";
import type { DeployedCity } from "../../environments/model/city";
import { accessPlan } from "../../environments/secrets/access-plan";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import type { Guestinfo } from "../../secrets/guestinfo";
import { accessMachineSeats } from "../../secrets/pool-seats";
import { VaultRoles } from "../../secrets/vault-roles";
import { MEMBERS } from "../../segmentation/gateway";
import type { Member } from "../../segmentation/gateway";
import { certifiedCity } from "../fixtures/access-city";
import { TestVault } from "../lab/test-vault";
import { AccessLab, eventually } from "../network/access-lab";
import { guestinfoOf } from "../network/access-machine";
import { accessHost } from "../network/access-network";

const MINUTE = 60_000;
const WEEK_SECONDS = 604_800;
/** Where each machine finds Vault: a relay of its own namespace, as that has no way out. */
const [VAULT_PORT, RELAY] = [8200, "vault.sock"];
const HOSTS = ["porto-access-a.vdi.porto.example", "porto-access-b.vdi.porto.example"] as const;

let vault: TestVault;
let lab: AccessLab;
let relay: ChildProcess | undefined;
let root = "";

/** Porto, whose machines fetch certificates, and which somebody watches. */
function certified(rootSha256: string): DeployedCity {
  const city = certifiedCity(rootSha256);
  const vaultHere = { address: `http://127.0.0.1:${String(VAULT_PORT)}` };
  const monitoring = {} as DeployedCity["monitoring"];
  return { ...city, platform: { ...city.platform, vault: vaultHere }, monitoring };
}

interface Issued {
  readonly data: { readonly certificate: string; readonly csr: string };
}

/** An authority of the city's below a root that is elsewhere. @returns the root's certificate */
async function declareAuthority(): Promise<string> {
  const ask = (path: string, body: object) => vault.root.post(path, body) as Promise<Issued>;
  for (const mount of ["root-pki", "porto/pki"])
    await ask(`sys/mounts/${mount}`, { type: "pki", config: { max_lease_ttl: "87600h" } });
  const ttl = { ttl: "87600h" };
  const { certificate } = (await ask("root-pki/root/generate/internal", { common_name: "Porto root", ...ttl })).data;
  const { csr } = (await ask("porto/pki/intermediate/generate/internal", { common_name: "Porto" })).data;
  const signed = await ask("root-pki/root/sign-intermediate", { csr, common_name: "Porto", ttl: "43800h" });
  await ask("porto/pki/intermediate/set-signed", { certificate: `${signed.data.certificate}\n${certificate}` });
  return certificate;
}

/** What the city's stack declares of an authority, of the machines' role and of a desktop's; the policy is the city's own. */
async function declareVault(): Promise<string> {
  const client = vault.root;
  const certificate = await declareAuthority();
  const role = { allow_bare_domains: true, key_type: "ec", key_bits: 256, ttl: WEEK_SECONDS, max_ttl: WEEK_SECONDS };
  await client.post(`porto/pki/roles/${ACCESS_MACHINES}`, { ...role, allowed_domains: HOSTS });
  await client.post("porto/pki/roles/desktops", { ...role, allowed_domains: ["po-ana-0001.vdi.porto.example"] });
  await client.post("sys/auth/porto/approle", { type: "approle" });
  const plan = accessPlan(certified(new X509Certificate(certificate).fingerprint256));
  const own = identities(plan).find(({ id }) => id === ACCESS_MACHINES);
  if (own === undefined) throw new Error("access machines have no identity");
  await client.post(`sys/policies/acl/${own.policy.name}`, { policy: policyDocument(own.policy.rules) });
  await client.post(`auth/porto/approle/role/${ACCESS_MACHINES}`, {
    ...{ secret_id_num_uses: 1, secret_id_ttl: 3600, token_period: WEEK_SECONDS, token_no_default_policy: true },
    ...{
      token_policies: [own.policy.name],
      token_bound_cidrs: ["127.0.0.1/32"],
      secret_id_bound_cidrs: ["127.0.0.1/32"],
    },
  });
  return certificate;
}

const rootOf = (member: Member): string => join(lab.folder, accessHost(member));
const guestinfo = (member: Member, field: keyof Guestinfo): string =>
  join(guestinfoOf(rootOf(member)), GUESTINFO_KEYS[field]);
const kept = (member: Member): string => join(rootOf(member), "var/lib/postazioni/certificate.json");
const certificateOf = (member: Member): string =>
  new X509Certificate(readFileSync(join(rootOf(member), "etc/haproxy/postazioni/machine.pem"))).serialNumber;

/** Puts a first secret into a machine's guestinfo, as `secrets first --pool access-machines` does. @returns the wrapping token */
async function firstSecret(member: Member): Promise<string> {
  const roles = new VaultRoles(vault.root, "porto");
  const [machine] = accessMachineSeats(certified(""))[member]?.seats ?? [];
  const { token, expires } = await roles.issue(ACCESS_MACHINES, machine ?? "", 600);
  const values = { wrapped: token, roleId: await roles.roleId(ACCESS_MACHINES), expires: String(expires), state: "" };
  for (const [field, value] of Object.entries(values))
    writeFileSync(guestinfo(member, field as keyof Guestinfo), value);
  return token;
}

/** Runs what the machine's timer starts, as its unit has it. @returns what the machine says in guestinfo then */
async function fetches(member: Member): Promise<string> {
  const own = rootOf(member);
  const unit = readFileSync(join(own, "etc/systemd/system/postazioni-certificate.service"), "utf8");
  const command = (/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? "").split(" ");
  const variables = [
    `PATH=${own}/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    `GUESTINFO=${guestinfoOf(own)}`,
    `POSTAZIONI_KEPT=${kept(member)}`,
    `POSTAZIONI_CERTIFICATES=${own}/etc/haproxy/postazioni`,
    "POSTAZIONI_VAULT_PROTOCOL=http",
  ];
  const [program = "", ...rest] = command;
  await lab.output(accessHost(member), ["env", ...variables, "python3", join(own, program), ...rest]);
  return readFileSync(guestinfo(member, "state"), "utf8").trim();
}

/** What its HAProxy knows of the other machine. */
async function toldByOther(member: Member): Promise<boolean> {
  const peers = await lab.runtime(member, "show peers");
  return /\(remote,(?:.|\n)* state=EST/.test(peers);
}

const both = (): Promise<void> =>
  eventually(
    async () => (await toldByOther(0)) && toldByOther(1),
    () => `${lab.state(0)}\n${lab.state(1)}`,
    600,
  );

/** What openssl, with a certificate, hears from the port where the first machine is told of seats. */
async function says(certificate: string | undefined): Promise<string> {
  const own = certificate === undefined ? "" : `-cert ${certificate} -key ${certificate} -cert_chain ${certificate}`;
  const hello = "HAProxyS 2.1\\nporto-access-a\\nporto-access-b 1 1\\n";
  const client = `openssl s_client -quiet -connect 10.66.2.5:10000 ${own} 2>/dev/null`;
  return lab.output(accessHost(1), ["sh", "-c", `{ printf '${hello}'; sleep 2; } | timeout 5 ${client} | head -c 4`]);
}

async function asked(member: Member, path: string): Promise<string> {
  const host = HOSTS[member];
  const to = `${host}:8405:10.66.2.${String(5 + member)}`;
  const ca = join(lab.folder, "root.pem");
  return lab.output(accessHost(member), [
    "curl",
    "-sS",
    "--cacert",
    ca,
    "--resolve",
    to,
    `https://${host}:8405${path}`,
  ]);
}

const comes = async (who: string, name = "remoto") => (await lab.ask({ do: "come", name, who })).seat;

beforeAll(async () => {
  vault = await TestVault.start();
  root = await declareVault();
  lab = await AccessLab.start(certified(new X509Certificate(root).fingerprint256));
  writeFileSync(join(lab.folder, "root.pem"), root);
  const socket = join(lab.folder, RELAY);
  const port = new URL(vault.address).port;
  relay = spawn("socat", [`UNIX-LISTEN:${socket},fork`, `TCP:127.0.0.1:${port}`], { stdio: "ignore" });
  for (const member of MEMBERS) {
    const listen = `TCP-LISTEN:${String(VAULT_PORT)},bind=127.0.0.1,fork,reuseaddr`;
    lab.namespaces.start(accessHost(member), ["socat", listen, `UNIX-CONNECT:${socket}`]).stderr.resume();
  }
  await Promise.all([lab.has(0), lab.has(1)]);
}, 3 * MINUTE);

afterAll(async () => {
  relay?.kill();
  await vault.stop();
  await lab.close();
}, MINUTE);

test(
  "people come to their seats before the machines have a certificate, and the two tell each other nothing",
  async () => {
    await eventually(
      async () => (await comes("PO900001", "anagrafe")) !== null,
      () => lab.state(0),
    );
    expect([await toldByOther(0), await toldByOther(1)]).toEqual([false, false]);
    expect(await fetches(0)).toBe("failed");
  },
  MINUTE,
);

test(
  "with a first secret each gets a certificate of its own name, and HAProxy loads it without a session cut",
  async () => {
    for (const member of MEMBERS) {
      await firstSecret(member);
      expect(await fetches(member)).toBe("joined");
    }
    await both();
    const pem = readFileSync(join(rootOf(1), "etc/haproxy/postazioni/machine.pem"));
    const authority = readFileSync(join(rootOf(1), "etc/haproxy/postazioni/authority.pem"), "utf8");
    expect(authority.trim()).toBe(root.trim());
    expect(new X509Certificate(pem)).toMatchObject({ subject: `CN=${HOSTS[1]}`, subjectAltName: `DNS:${HOSTS[1]}` });
    expect((await lab.ask({ do: "is-cut", who: "PO900001" })).cut).toBe(false);
  },
  2 * MINUTE,
);

test(
  "it tells who has which seat to the other machine alone: to no stranger, and to no other machine of the city",
  async () => {
    const desktop = (await vault.root.post("porto/pki/issue/desktops", {
      common_name: "po-ana-0001.vdi.porto.example",
    })) as {
      data: { private_key: string; certificate: string; issuing_ca: string };
    };
    const file = join(lab.folder, "desktop.pem");
    writeFileSync(file, [desktop.data.private_key, desktop.data.certificate, desktop.data.issuing_ca, ""].join("\n"));
    expect(await says(undefined)).toBe("");
    expect(await says(file)).toBe("");
    expect(await says(join(rootOf(1), "etc/haproxy/postazioni/machine.pem"))).toBe("200\n");
    await both();
  },
  MINUTE,
);

test(
  "Prometheus is answered by TLS, under the machine's name, and told when the certificate ends",
  async () => {
    expect(await asked(0, "/metrics")).toContain("haproxy_backend_active_servers");
    const ends = Number(/_seconds (\d+)$/m.exec(await asked(1, "/certificate"))?.[1]);
    expect(ends - Date.now() / 1000).toBeGreaterThan(WEEK_SECONDS - 600);
  },
  MINUTE,
);

test(
  "a certificate is renewed with the login that the machine has, in place",
  async () => {
    const before = certificateOf(0);
    expect(await comes("ANN")).toBe("po-rem-0001");
    expect(await fetches(0)).toBe("joined");
    expect(certificateOf(0)).toBe(before);
    const state = JSON.parse(readFileSync(kept(0), "utf8")) as object;
    writeFileSync(kept(0), JSON.stringify({ ...state, fetched: 0, renewed: 0 }));
    expect(await fetches(0)).toBe("joined");
    expect(certificateOf(0)).not.toBe(before);
    const shown = `openssl s_client -connect 10.66.2.5:8405 </dev/null 2>/dev/null | openssl x509 -noout -serial`;
    await eventually(
      async () => (await lab.output(accessHost(0), ["sh", "-c", shown])).trim() === `serial=${certificateOf(0)}`,
      () => lab.state(0),
    );
    await both();
    expect((await lab.ask({ do: "is-cut", who: "ANN" })).cut).toBe(false);
  },
  MINUTE,
);

test(
  "the other machine knows who has which seat by what it was told",
  async () => {
    expect([await comes("BOB"), await comes("CEM")]).toEqual(["po-rem-0002", "po-rem-0003"]);
    await lab.masterFails();
    expect([await comes("CEM"), await comes("DORA"), await comes("ANN")]).toEqual(["po-rem-0003", null, "po-rem-0001"]);
  },
  MINUTE,
);

test(
  "a machine whose login has ended keeps its certificate and asks for a first secret; one that others opened is an alert",
  async () => {
    const member = await lab.master();
    const { token } = JSON.parse(readFileSync(kept(member), "utf8")) as { token: string };
    await vault.root.post("auth/token/revoke", { token });
    writeFileSync(kept(member), JSON.stringify({ token, renewed: 0 }));
    const before = certificateOf(member);
    expect(await fetches(member)).toBe("failed");
    expect(certificateOf(member)).toBe(before);
    await vault.root.post("sys/wrapping/unwrap", { token: await firstSecret(member) });
    expect(await fetches(member)).toBe("alert");
    await firstSecret(member);
    expect(await fetches(member)).toBe("joined");
    expect(certificateOf(member)).not.toBe(before);
  },
  MINUTE,
);
