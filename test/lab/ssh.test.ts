import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { sshPrincipal } from "../../access/ssh-principal";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { principalsOfPool } from "../../environments/secrets/ssh-roles";
import type { DirectoryServer } from "../../lab/directory-server";
import type { SshTrust } from "../../segmentation/gateway";
import { startOpenLdapLab } from "./openldap-city";
import { makeKey, SshMachine } from "./ssh-machine";
import type { SshIdentity } from "./ssh-machine";
import type { TestLab } from "./test-lab";

const MINUTE = 60_000;
const LOGIN = sshPrincipal("milan", "gateways", "postazioni");
const PEOPLE = { rossi: "vdi-network", bianchi: "vdi-desktops", verdi: "vdi-helpdesk" };

jest.setTimeout(MINUTE);

let lab: TestLab;
let directory: DirectoryServer;
let gateway: SshMachine;
let desktop: SshMachine;
let folder: string;
let key: string;
const stops: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ssh-test-"));
  stops.push(() => {
    rmSync(folder, { recursive: true });
  });
  key = await makeKey(folder, "rossi");
  const users = Object.entries(PEOPLE).map(([name, group]) => ({ name, groups: [group] }));
  const started = await startOpenLdapLab(1, users);
  ({ lab, directory } = started);
  stops.push(started.stop);
  await lab.deploy(["milan-secrets", "catania-secrets"]);
  gateway = await running(
    SshMachine.gateway({ ...trust(gatewayPlans(lab.city("milan"))[0]?.ssh?.principals ?? []), account: "postazioni" }),
  );
  const principals = principalsOfPool(lab.city("milan"), "smart-working");
  desktop = await running(SshMachine.desktop({ ...trust(principals), account: "assistenza" }));
}, 30 * MINUTE);

afterAll(async () => {
  // The last that was started first; what was not reached is not there to be stopped.
  for (const stop of stops.reverse()) await stop();
}, MINUTE);

async function running(starting: Promise<SshMachine>): Promise<SshMachine> {
  const machine = await starting;
  stops.push(() => machine.stop());
  return machine;
}

/** With the lab's Vault in the place of the city's. */
function trust(principals: readonly string[]): SshTrust {
  return { publicKey: `${lab.session.vault.address}/v1/milan/ssh/public_key`, principals };
}

interface Signed {
  readonly data: { readonly signed_key: string; readonly serial_number: string };
}

/** What Vault signs for somebody: his own key, at a path, with what else he asks for. */
async function sign(token: string, path: string, wishes: object = {}): Promise<Signed["data"]> {
  const body = { public_key: readFileSync(`${key}.pub`, "utf8"), ...wishes };
  return ((await lab.session.vault.as(token).post(path, body)) as Signed).data;
}

/** A person's own login, by LDAP. */
function tokenOf(name: keyof typeof PEOPLE): Promise<string> {
  return lab.personToken("milan", "people", directory, name);
}

function holding({ signed_key }: Signed["data"]): SshIdentity {
  const certificate = join(folder, `certificate-${String(readdirSync(folder).length)}`);
  writeFileSync(certificate, signed_key);
  return { key, certificate };
}

const GATEWAYS = "milan/ssh/sign/gateways";
const REFUSED = { code: 255, tail: [expect.stringContaining("Permission denied (publickey")] };

describe("a person of the network team", () => {
  test("logs in to a gateway with his own key, once Vault has signed it", async () => {
    const token = await tokenOf("rossi");
    expect(await gateway.logIn({ key })).toMatchObject(REFUSED);
    const identity = holding(await sign(token, GATEWAYS));
    expect(await gateway.logIn(identity)).toMatchObject({ code: 0, stdout: "in" });
  });

  test("is named by the gateway's log and by Vault's, with the certificate's serial number", async () => {
    const { signed_key, serial_number } = await sign(await tokenOf("rossi"), GATEWAYS);
    expect((await gateway.logIn(holding({ signed_key, serial_number }))).code).toBe(0);
    const serial = BigInt(`0x${serial_number}`).toString();
    expect(gateway.log()).toContain(`ID milan-people-rossi:gateways (serial ${serial}) CA RSA`);
    const audit = readFileSync(join(lab.session.paths.logs, "vault-audit.log"), "utf8").split("\n");
    const [entry = "{}"] = audit.filter((line) => line.includes(`"serial_number":"${serial_number}"`));
    expect(JSON.parse(entry)).toMatchObject({
      auth: { display_name: "milan-people-rossi" },
      request: { path: GATEWAYS },
      response: { data: { serial_number, signed_key } },
    });
  });

  test("gets a terminal and nothing else, as nobody but himself, and no longer than the role says", async () => {
    const token = await tokenOf("rossi");
    for (const wishes of [
      { extensions: { "permit-port-forwarding": "" } },
      { extensions: { "permit-agent-forwarding": "" } },
      { critical_options: { "force-command": "sh" } },
      { key_id: "somebody-else" },
      { ttl: "31m" },
      { cert_type: "host", valid_principals: "gateway.milan.example" },
      { valid_principals: "root" },
      { valid_principals: "*" },
      { valid_principals: "" },
      { valid_principals: sshPrincipal("milan", "linux-desktops", "assistenza") },
    ]) {
      await expect(sign(token, GATEWAYS, wishes)).rejects.toThrow("400");
    }
    await expect(lab.session.vault.as(token).post("milan/ssh/issue/gateways", {})).rejects.toThrow("403");
  });

  test("is refused once the certificate has expired", async () => {
    const identity = holding(await sign(await tokenOf("rossi"), GATEWAYS, { ttl: "1s" }));
    await setTimeout(2000);
    expect(await gateway.logIn(identity)).toMatchObject(REFUSED);
    expect(gateway.log()).toContain("Certificate invalid: expired");
  });

  test("is refused on an account that the certificate is not for, as root's is", async () => {
    const identity = holding(await sign(await tokenOf("rossi"), GATEWAYS));
    expect(await gateway.logIn(identity, "nobody")).toMatchObject(REFUSED);
    const backup = { ...trust([sshPrincipal("milan", "gateways", "backup")]), account: "backup" };
    for (const starting of [SshMachine.gateway(backup), SshMachine.desktop(backup)]) {
      const other = await running(starting);
      expect(await other.logIn(identity)).toMatchObject(REFUSED);
      expect(other.log()).toContain("does not contain an authorized principal");
    }
  });

  test("is refused by a machine of another role, which lets its own people in", async () => {
    const token = await tokenOf("rossi");
    expect(await desktop.logIn(holding(await sign(token, GATEWAYS)))).toMatchObject(REFUSED);
    await expect(sign(token, "milan/ssh/sign/linux-desktops")).rejects.toThrow("403");
    const own = holding(await sign(await tokenOf("bianchi"), "milan/ssh/sign/linux-desktops"));
    expect(await desktop.logIn(own)).toMatchObject({ code: 0, stdout: "in" });
    expect(await gateway.logIn(own)).toMatchObject(REFUSED);
  });
});

describe("the authority", () => {
  test("of another city is not believed, whatever its certificate says", async () => {
    await lab.session.vault.post("catania/ssh/roles/forged", {
      ...{ key_type: "ca", allow_user_certificates: true, allowed_users: LOGIN, default_user: LOGIN, ttl: "5m" },
    });
    const forged = (await lab.session.vault.post("catania/ssh/sign/forged", {
      public_key: readFileSync(`${key}.pub`, "utf8"),
    })) as Signed;
    await lab.session.vault.delete("catania/ssh/roles/forged");
    expect(await gateway.logIn(holding(forged.data))).toMatchObject(REFUSED);
  });

  test("signs for nobody of a team without the right", async () => {
    for (const name of ["bianchi", "verdi"] as const) {
      await expect(sign(await tokenOf(name), GATEWAYS)).rejects.toThrow("403");
    }
  });

  test("has its key in Vault alone: the state has the public half", async () => {
    const state = readFileSync(join(lab.session.paths.state, "milan-secrets.tfstate"), "utf8");
    const answer = await fetch(`${lab.session.vault.address}/v1/milan/ssh/public_key`);
    const publicKey = (await answer.text()).trim();
    expect(publicKey).toMatch(/^ssh-rsa [\w+/=]+$/);
    expect(state).toContain(publicKey);
    expect(state).not.toContain("PRIVATE KEY");
    expect(JSON.stringify(await lab.session.vault.get("milan/ssh/config/ca"))).not.toContain("PRIVATE KEY");
  });
});
