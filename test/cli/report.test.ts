import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { edited } from "../fixtures/city-edits";
import { CATANIA, CITIES, CITY_FILES, MILAN, copyAssignments } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

/** The commands as a user types them. */
const ROOT = join(__dirname, "../..");
const FIXTURES = join(ROOT, "test/fixtures");
const folder = mkdtempSync(join(tmpdir(), "report-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = (...args: readonly string[]) => typedHere(["report", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

describe("report network", () => {
  test("says what passes, by which rule, and what was held", async () => {
    const { code, out } = await report("network", "catania");
    expect(code).toBe(0);
    expect(out).toContain("  shared -> databases\n    tcp/1433 by protocol-to-database, some addresses\n");
    expect(out).toContain("  zone:desktops does not reach zone:data on any\n");
    expect(out).toContain("  emergency.home-to-access (prepared): internet -> access-gateways tcp/443;");
  });

  test("gives JSON of a stable shape", async () => {
    const { out } = await report("network", "milan", "--format", "json");
    const parsed = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(parsed)).toEqual(["city", "asOf", "rules", "presets", "cells", "held", "findings"]);
    expect(parsed.rules).toContainEqual({
      id: "registry-to-database",
      state: "open",
      from: { name: "registry-portal", addresses: ["10.21.100.40"] },
      to: { name: "registry-database", addresses: ["10.20.90.20", "fd21:6110:90::20"] },
      ports: ["tcp/5432"],
      owner: "Servizi Civici",
      purpose: "the portal's database; the only way to the register",
      ticket: "CHG-2026-0299",
      until: "2027-12-31",
    });
  });

  test("names what is questionable with its place, and ends with 1 where it is asked to be strict", async () => {
    const text = readFileSync(join(FIXTURES, "gateway.yaml"), "utf8");
    const environments = mkdtempSync(join(folder, "strict-"));
    const again = "{ id: again, from: team, to: portal, owner: A, purpose: p, ticket: T, until: 2027-12-31 }";
    const edited = text.replace("\n  blocks:\n", `\n    - ${again}\n  blocks:\n`);
    writeFileSync(join(environments, "piccola.yaml"), edited);
    const line = edited.split("\n").findIndex((one) => one.includes("id: again")) + 1;
    const { code, out } = await report("network", "piccola", "--environments", environments, "--strict");
    expect(code).toBe(1);
    expect(out).toContain(
      `piccola.yaml:${String(line)}:7: again is redundant: all that it opens is open already by portal`,
    );
    expect((await report("network", "piccola", "--environments", environments)).code).toBe(0);
  });

  test("ends with 2 for a city that no file declares, with the one that was meant, and for a wrong format", async () => {
    expect(await report("network", "milano")).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "milan"?'),
    });
    expect(await report("network", "milan", "--format", "pdf")).toMatchObject({ code: 2 });
  });
});

describe("report firewall", () => {
  test("writes everything that enforces, and the same once more", async () => {
    const out = join(folder, "milan");
    const first = await report("firewall", "milan", "--out", out);
    expect(first.code).toBe(0);
    expect(
      first.out
        .trimEnd()
        .split("\n")
        .map((path) => path.slice(out.length + 1)),
    ).toEqual([
      "nftables.conf",
      "milan-gateway-a/user-data",
      "milan-gateway-a/meta-data",
      "milan-gateway-b/user-data",
      "milan-gateway-b/meta-data",
      "aerleon/def/networks.yaml",
      "aerleon/def/services.yaml",
      "aerleon/policies/pol/firewall.yaml",
      "aerleon/policies/pol/asa.yaml",
      "matrix.csv",
      "matrix.md",
      "segments.svg",
    ]);
    const before = readFileSync(join(out, "nftables.conf"), "utf8");
    expect((await report("firewall", "milan", "--out", out)).code).toBe(0);
    expect(readFileSync(join(out, "nftables.conf"), "utf8")).toBe(before);
  });

  test("overwrites nothing that it did not write, unless it is told to", async () => {
    const out = mkdtempSync(join(folder, "foreign-"));
    writeFileSync(join(out, "matrix.csv"), "mine");
    const refused = await report("firewall", "catania", "--out", out);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("matrix.csv is there and was not written") });
    expect(readdirSync(out)).toEqual(["matrix.csv"]);
    expect(readFileSync(join(out, "matrix.csv"), "utf8")).toBe("mine");
    expect((await report("firewall", "catania", "--out", out, "--force")).code).toBe(0);
    expect(readFileSync(join(out, "matrix.csv"), "utf8")).toContain("offices-to-access");
  });

  test("removes nothing outside its folder, whatever the list of an earlier run says", async () => {
    const out = mkdtempSync(join(folder, "list-"));
    const precious = join(folder, "precious");
    for (const path of ["../precious", precious, "aerleon/../../precious"]) {
      writeFileSync(precious, "mine");
      writeFileSync(join(out, ".postazioni-files"), `${path}\n`);
      expect(await report("firewall", "catania", "--out", out)).toMatchObject({
        code: 2,
        err: expect.stringContaining("names a place outside its folder"),
      });
      expect(readFileSync(precious, "utf8")).toBe("mine");
    }
  }, 60_000);

  test("writes nothing where a folder or a link is in the way, even when it is told to overwrite", async () => {
    const [taken, linked, elsewhere] = ["taken-", "linked-", "elsewhere-"].map((name) =>
      mkdtempSync(join(folder, name)),
    );
    mkdirSync(join(taken ?? "", "matrix.md"));
    symlinkSync(elsewhere ?? "", join(linked ?? "", "aerleon"));
    for (const out of [taken ?? "", linked ?? ""]) {
      const before = readdirSync(out);
      expect(await report("firewall", "catania", "--out", out, "--force")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/is not a (?:file|folder)/),
      });
      expect(readdirSync(out)).toEqual(before);
    }
    expect(readdirSync(elsewhere ?? "")).toEqual([]);
    const file = join(folder, "a-file");
    writeFileSync(file, "mine");
    expect(await report("firewall", "catania", "--out", file)).toMatchObject({
      code: 2,
      err: expect.stringContaining("is not a folder"),
    });
  }, 60_000);

  test("keeps a user's file beside its own", async () => {
    const out = mkdtempSync(join(folder, "beside-"));
    writeFileSync(join(out, "matrix.csv.new"), "mine");
    expect((await report("firewall", "catania", "--out", out)).code).toBe(0);
    expect(readFileSync(join(out, "matrix.csv.new"), "utf8")).toBe("mine");
    expect(readdirSync(out).sort()).toEqual([
      ".postazioni-files",
      "aerleon",
      "matrix.csv",
      "matrix.csv.new",
      "matrix.md",
      "segments.svg",
    ]);
  });

  test("writes nothing where a file is wrong", async () => {
    const environments = mkdtempSync(join(folder, "wrong-"));
    copyAssignments(environments);
    const text = edited(CATANIA, { "network.flows.access-to-desktops.ports": ["tcp/70000"] });
    writeFileSync(join(environments, "catania.yaml"), text);
    const out = join(folder, "nothing");
    const { code, err } = await report("firewall", "catania", "--out", out, "--environments", environments);
    expect(code).toBe(2);
    expect(err).toMatch(/catania\.yaml:\d+:\d+: network\.flows\[id=access-to-desktops\]\.ports\[0\]: the port 70000/);
    expect(existsSync(out)).toBe(false);
  });
});

describe("report privileges", () => {
  test("says what each login needs in vSphere, as a role for govc and with the reasons", async () => {
    const { code, out } = await report("privileges", "milan");
    expect(code).toBe(0);
    expect(out).toContain("  govc role.create milan-network DVPortgroup.Create DVPortgroup.Delete ");
    expect(out).toMatch(/^ {2}Global\.SetCustomField +Who has a machine, as custom attributes\.$/m);
    expect(out.match(/^milan-[\w-]+: \d+ privileges?$/gm)).toHaveLength(5);
  });

  test("says who holds which privileges of assistance, on which objects and for which task", async () => {
    const environments = join(folder, "privileges-of-duties");
    mkdirSync(environments, { recursive: true });
    copyAssignments(environments);
    const role = (duty: string) => ({ name: `of-${duty}`, group: `MILANO\\of-${duty}`, duty });
    const roles = ["desktop-team", "auditor"].map(role);
    writeFileSync(join(environments, "milan.yaml"), edited(MILAN, { "support.roles": roles }));
    const { code, out } = await report("privileges", "milan", "--environments", environments);
    expect(code).toBe(0);
    expect(out).toMatch(/^of-desktop-team \(MILANO\\of-desktop-team, desktop-team, line \d+\)$/m);
    expect(out).toMatch(
      /^ {2}milan-of-desktop-team-datastore: 1 privilege on datastore vsan-vdi-a, vsan-vdi-b, by milan-foundation$/m,
    );
    expect(out).toMatch(
      /^ {4}VirtualMachine\.Interact\.SetCDMedia +media: A CD image for repairs, and its connection; .*\.$/m,
    );
    expect(out).toMatch(
      /^ {2}Read-only: reads, as auditor, on port-group desktops-smart-working, .*, by milan-network$/m,
    );
    expect(await report("privileges", "milan", "--login", "network")).toMatchObject({
      out: expect.not.stringContaining("support"),
    });
  });

  test("gives JSON of one login, and ends with 2 for one that the city has nothing to do for", async () => {
    const { out } = await report("privileges", "catania", "--login", "network", "--format", "json");
    const parsed = JSON.parse(out) as { logins: { login: string; privileges: { id: string; why: string }[] }[] };
    expect(parsed.logins.map(({ login }) => login)).toEqual(["network"]);
    expect(parsed.logins[0]?.privileges).toContainEqual({ id: "DVSwitch.Create", why: "The switch." });
    expect(await report("privileges", "catania", "--login", "gateway")).toMatchObject({
      code: 2,
      err: expect.stringContaining("catania has nothing to do for gateway"),
    });
  });
});

describe("report state-encryption", () => {
  const environments = join(folder, "with-state-key");

  function withStateKey(): string {
    mkdirSync(environments, { recursive: true });
    copyAssignments(environments);
    for (const [name, text] of [
      ["milan", MILAN],
      ["catania", CATANIA],
    ] as const) {
      writeFileSync(join(environments, `${name}.yaml`), edited(text, { "secrets.+stateKey": {} }));
    }
    return environments;
  }

  test("gives what OpenTofu is told, which refuses plain states once all are encrypted", async () => {
    const { code, out } = await report("state-encryption", "milan", "--environments", withStateKey());
    expect(code).toBe(0);
    expect(out).toContain('  transit_engine_path = "milan/transit"\n  key_name            = "state"\n');
    expect(out).toContain("state {\n  method = method.aes_gcm.state\n  enforced = true\n}\n");
    expect(out).toContain("remote_state_data_sources {\n  default {\n    method = method.aes_gcm.state\n  }\n}\n");
    expect(out).not.toContain("unencrypted");
  });

  test("lets plain states be read while they become encrypted, and the other way round", async () => {
    const step = async (name: string) =>
      (await report("state-encryption", "milan", "--environments", withStateKey(), "--step", name)).out;
    const fallback = (now: string, before: string) =>
      `state {\n  method = ${now}\n  fallback {\n    method = ${before}\n  }\n}\n`;
    expect(await step("begin")).toContain(fallback("method.aes_gcm.state", "method.unencrypted.plain"));
    expect(await step("end")).toContain(fallback("method.unencrypted.plain", "method.aes_gcm.state"));
  });

  test("is refused for a city without a key", async () => {
    const { code, err } = await report("state-encryption", "milan");
    expect(code).toBe(2);
    expect(err).toContain("add secrets.stateKey to its file");
  });
});

describe("report access", () => {
  /** The line of Milan's file that has a text, from 1. */
  function lineWith(text: string): string {
    const lines = readFileSync(CITY_FILES[0], "utf8").split("\n");
    return String(lines.findIndex((line) => line.includes(text)) + 1);
  }

  test("says of each identity, grant, account and SSH role which line of the file asks for it", async () => {
    const { out } = await report("access", "milan");
    expect(out).toContain(`team:security (policy milan-team-security, line ${lineWith("- name: security")})`);
    expect(out).toContain(`access to teams/network-team: names. (line ${lineWith("to: teams/network-team")})`);
    expect(out).toContain(`pool anagrafe join the domain. (line ${lineWith("- name: join-anagrafe")})`);
    expect(out).toContain(`by the role gateways. (line ${lineWith("- { name: gateways, machines")})`);
    expect(out).toContain(`ci:plan (policy milan-ci-plan, line ${lineWith("platform: gitlab")})`);
  });

  test("says of a secret which line lets somebody read it", async () => {
    const { out } = await report("access", "milan", "--secret", "accounts/join-tecnica");
    expect(out).toContain(`join the domain. (line ${lineWith("- name: join-tecnica")})`);
    expect(out).not.toMatch(/: no.*line/);
  });

  test("says what each support role may do on which objects, and who may use which pool", async () => {
    const environments = join(folder, "with-duties");
    mkdirSync(environments);
    copyAssignments(environments);
    const auditors = { name: "auditors", group: "MILANO\\vdi-auditors", duty: "auditor", on: ["pool:anagrafe"] };
    const edit = { "support.roles.+": auditors, "pools.anagrafe.+entitledGroup": "vdi-anagrafe" };
    writeFileSync(join(environments, "milan.yaml"), edited(MILAN, edit));
    const { out } = await report("access", "milan", "--environments", environments);
    expect(out).toMatch(
      /^ {2}help-desk \(MILANO\\vdi-helpdesk, line \d+\)\n {4}machines milan, with its gateways and access machines: VirtualMachine/m,
    );
    expect(out).toMatch(/^ {2}auditors \(MILANO\\vdi-auditors, auditor, line \d+\)\n {4}machines anagrafe: reads\n/m);
    expect(out).toMatch(/^ {2}anagrafe: vdi-anagrafe \(line \d+\); \d+ seats assigned$/m);
    expect(out).toContain("  smart-working: no group is named\n");
  });

  test("gives lines in its JSON, and none of what an emergency adds", async () => {
    const { out } = await report("access", "milan", "--format", "json");
    const { identities } = JSON.parse(out) as { identities: { id: string; line: number | null; rules: object[] }[] };
    const lines = new Map(identities.map(({ id, line }) => [id, line]));
    expect(lines.get("pool:anagrafe")).toBe(Number(lineWith("- name: anagrafe")));
    expect(lines.get("pool:anagrafe-surge")).toBeNull();
    expect(out).toContain('"lines": []');
    expect(out).not.toContain('"asked"');
  });
});
