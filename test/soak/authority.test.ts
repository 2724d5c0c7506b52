import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { VaultClient } from "../../vault/client";
import { AUTHORITY_EXTENSIONS, LabRoot, openssl } from "../fixtures/lab-root";
import { planChanges } from "../lab/plan-changes";
import { typeSecrets } from "../lab/typed-command";
import { filesBelow } from "../lab/files-below";
import { TestLab } from "../lab/test-lab";

const MINUTE = 60_000;
/** The pools are as large as the file says, for their certificates name every seat. */
const ALL_SEATS = 9999;
const FOLDER = mkdtempSync(join(tmpdir(), "authority-"));
const ROOT = LabRoot.make(join(FOLDER, "root"), "Milano root");

jest.setTimeout(2 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(ALL_SEATS);
  lab.edit("milan", /rootSha256: .*/, `rootSha256: "${ROOT.fingerprint}"`);
  await lab.deploy("milan-secrets");
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
  rmSync(FOLDER, { recursive: true });
}, MINUTE);

interface Issued {
  readonly certificate: string;
  readonly ca_chain: string[];
  readonly serial_number: string;
  readonly private_key: string;
}

/** Types `npm run secrets -- authority ...` for Milan. */
function authority(command: string, ...args: string[]): ReturnType<typeof typeSecrets> {
  return typeSecrets(lab, ["authority", command, "milan", ...args]);
}

/** The first line of `secrets status milan`. */
async function standing(): Promise<string> {
  const { lines } = await typeSecrets(lab, ["status", "milan"]);
  return lines.find((line) => line.startsWith("authority: ")) ?? "";
}

function fileWith(text: string): string {
  const file = join(FOLDER, "chain.pem");
  writeFileSync(file, text);
  return file;
}

async function requested(): Promise<string> {
  return `${(await authority("request")).lines.join("\n")}\n`;
}

async function issue(vault: VaultClient, role: string, body: object): Promise<Issued> {
  return ((await vault.post(`milan/pki/issue/${role}`, body)) as { data: Issued }).data;
}

function as(role: string): Promise<VaultClient> {
  return lab.desktop("milan", role);
}

/** What openssl says of a certificate under the root alone, with the revocation list whose address stands in it. */
async function verified({ certificate, ca_chain }: Issued): Promise<string> {
  const [, url = ""] =
    /URI:(\S+)/.exec(openssl(["x509", "-noout", "-ext", "crlDistributionPoints"], certificate)) ?? [];
  // The file names Vault as desktops reach it; the lab's answers on another address.
  const list = await fetch(lab.session.vault.address + new URL(url).pathname);
  const names = ["leaf", "chain", "root", "list"].map((name) => join(FOLDER, `${name}.pem`));
  const [leaf = "", chain = "", root = "", crl = ""] = names;
  writeFileSync(leaf, certificate);
  writeFileSync(chain, ca_chain.join("\n"));
  writeFileSync(root, ROOT.certificate);
  writeFileSync(`${crl}.der`, Buffer.from(await list.arrayBuffer()));
  openssl(["crl", "-inform", "DER", "-in", `${crl}.der`, "-out", crl]);
  try {
    return openssl(["verify", "-CAfile", root, "-untrusted", chain, "-crl_check", "-CRLfile", crl, leaf]).replace(
      leaf,
      "it",
    );
  } catch (error) {
    return String(error);
  }
}

describe("a city's certificate authority", () => {
  test("is missing until its certificate is installed", async () => {
    expect(await standing()).toBe("authority: missing");
    await expect(issue(lab.session.vault, "anagrafe_00", { common_name: hostOf("mi-ana-0001") })).rejects.toThrow(
      /issuer/,
    );
  });

  test("is requested with a key that stays in Vault, another one each time", async () => {
    const out = join(FOLDER, "milan.csr");
    expect(await authority("request", "--out", out)).toMatchObject({ code: 0, lines: [""] });
    const first = readFileSync(out, "utf8");
    expect(openssl(["req", "-noout", "-text", "-verify"], first)).toMatch(/CN = milan authority[^]*P-384/);
    expect(await requested()).not.toBe(first);
    expect(await authority("request", "--out", out)).toMatchObject({
      code: 2,
      told: expect.stringContaining("is there already"),
    });
  });

  test("is not installed with a chain that is wrong, which is named, and nothing of it is written", async () => {
    const own = readFileSync(join(FOLDER, "milan.csr"), "utf8");
    const other = LabRoot.make(join(FOLDER, "other"), "Other root");
    const [alone = ""] = ROOT.sign(own).split(/(?<=-----END CERTIFICATE-----\n)/);
    for (const [text, said] of [
      [other.sign(own, { days: -1 }), /CN=milan authority ended [^]*the root CN=Other root has the fingerprint/],
      [alone, /the last certificate, CN=milan authority, is no root; /],
      [ROOT.sign(LabRoot.request("milan authority")), /CN=milan authority is for a key that Vault does not have; /],
    ] as const) {
      expect(await authority("install", fileWith(text))).toMatchObject({ code: 2, told: expect.stringMatching(said) });
    }
    expect(await authority("install", join(FOLDER, "none.pem"))).toMatchObject({ code: 2 });
    expect(await lab.session.vault.list("milan/pki/issuers")).toEqual([]);
  });

  test("is installed once, with its root's signature, and the keys of other requests go", async () => {
    const constraints = `nameConstraints = critical, permitted;DNS:${String(lab.city("milan").city.domain)}`;
    const extensions = [...AUTHORITY_EXTENSIONS, constraints];
    const file = fileWith(ROOT.sign(readFileSync(join(FOLDER, "milan.csr"), "utf8"), { extensions }));
    expect(await authority("install", file)).toMatchObject({
      code: 0,
      lines: [
        expect.stringMatching(/^authority: made, CN=milan authority, until \d{4}-/),
        "1 key without a certificate: removed",
      ],
    });
    const again = await authority("install", file);
    expect(again.lines).toEqual([expect.stringMatching(/^authority: there, /)]);
    expect(await standing()).toMatch(/^authority: right, since \d{4}-.*, until \d{4}-/);
    expect((await planChanges(lab.session, "milan-secrets")).changes).toEqual([]);
  });
});

function hostOf(name: string): string {
  return `${name}.${String(lab.city("milan").city.domain)}`;
}

describe("what it issues", () => {
  let old: Issued;

  test("to a desktop is for a host of its pool, and leads to the root", async () => {
    const desktop = await as("anagrafe");
    old = await issue(desktop, "anagrafe_00", { common_name: hostOf("mi-ana-0001"), ttl: "1h" });
    expect(await verified(old)).toBe("it: OK\n");
    await expect(issue(desktop, "anagrafe_00", { common_name: hostOf("mi-tec-0001") })).rejects.toThrow("400");
    await expect(issue(desktop, "tecnica_00", { common_name: hostOf("mi-tec-0001") })).rejects.toThrow("403");
  });

  test("to a desktop of a pool of thousands is by the role of its hundred alone, which fits a request", async () => {
    const { vault } = lab.session;
    const desktop = await as("educazione");
    for (const [name, role] of [
      ["mi-edu-0099", "educazione_00"],
      ["mi-edu-0100", "educazione_01"],
      ["mi-edu-3900", "educazione_39"],
    ] as const) {
      expect(await verified(await issue(desktop, role, { common_name: hostOf(name) }))).toBe("it: OK\n");
      await expect(issue(desktop, "educazione_02", { common_name: hostOf(name) })).rejects.toThrow("400");
    }
    const roles = (await vault.list("milan/pki/roles")).filter((role) => role.startsWith("educazione_"));
    const { seats } = lab.city("milan").pools.find(({ name }) => name === "educazione") ?? { seats: 0 };
    // Its 16 stacks have room for 4,000: of the last hundred the first alone.
    expect(roles).toHaveLength(41);
    expect(seats).toBeGreaterThan(1000);
    // What the roles are cut for: this listener has its usual limits.
    const names = Array.from({ length: 1001 }, (_, index) => `h${String(index)}.example`);
    await expect(vault.post("milan/pki/roles/whole", { allowed_domains: names })).rejects.toThrow(/strings/);
  });

  test("lives no longer than the file says, however it is asked for", async () => {
    const desktop = await as("anagrafe");
    const host = { common_name: hostOf("mi-ana-0002") };
    const { certificate } = await issue(desktop, "anagrafe_00", { ...host, ttl: "4000h" });
    const days = String(lab.city("milan").secrets.certificateDays * 86_400 + 3600);
    expect(() => openssl(["x509", "-noout", "-checkend", days], certificate)).toThrow("will expire");
    for (const dates of [{ not_after: "2040-01-01T00:00:00Z" }, { not_before: "2020-01-01T00:00:00Z" }]) {
      await expect(issue(desktop, "anagrafe_00", { ...host, ...dates })).rejects.toThrow("403");
    }
  });

  test("to a gateway is for its own name", async () => {
    const gateway = await as("gateways");
    expect(await verified(await issue(gateway, "gateways", { common_name: hostOf("milan-gateway-a") }))).toBe(
      "it: OK\n",
    );
    const others = ["mi-ana-0001", "x.milan-gateway-a", "*.milan-gateway-a", "milan-gateway-*", "x@milan-gateway-a"];
    for (const name of [...others, "milan-gateway-c"]) {
      await expect(issue(gateway, "gateways", { common_name: hostOf(name) })).rejects.toThrow(/40[03]/);
    }
  });

  test("stays valid when the authority is renewed, and until it is taken back", async () => {
    lab.edit("milan", "    rootSha256:", "    renewWithinDays: 400\n    rootSha256:");
    expect(await standing()).toMatch(/^authority: old, /);
    lab.edit("milan", "    renewWithinDays: 400\n", "");
    const installed = await authority("install", fileWith(ROOT.sign(await requested(), { days: 700 })));
    expect(installed.lines[0]).toMatch(/^authority: changed, /);
    const renewed = await issue(await as("anagrafe"), "anagrafe_00", { common_name: hostOf("mi-ana-0003") });
    expect(renewed.ca_chain[0]).not.toBe(old.ca_chain[0]);
    expect([await verified(old), await verified(renewed)]).toEqual(["it: OK\n", "it: OK\n"]);
    expect(await authority("revoke", old.serial_number)).toMatchObject({ code: 0, lines: ["certificate: revoked"] });
    expect(await verified(old)).toContain("certificate revoked");
    expect(await verified(renewed)).toBe("it: OK\n");
  });

  test("is of a different authority once the file names another root", async () => {
    const other = LabRoot.make(join(FOLDER, "new"), "New root");
    lab.edit("milan", /rootSha256: .*/, `rootSha256: "${other.fingerprint}"`);
    expect(await standing()).toMatch(/^authority: different, /);
  });

  test("leaves no private key in any file of the lab", () => {
    const files = filesBelow(lab.session.data.directory);
    expect(files.filter((file) => /BEGIN [A-Z ]*PRIVATE KEY/.test(readFileSync(file, "latin1")))).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});
