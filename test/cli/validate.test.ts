import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { edited, textEdit } from "../fixtures/city-edits";
import { CATANIA, CITIES, MILAN, copyAssignments } from "../fixtures/city-files";

const ROOT = join(__dirname, "../..");
const BAD: Record<string, string | Uint8Array> = {
  "not-yaml.yaml": "city: [",
  "duplicate.yaml": edited(MILAN, textEdit("  name: Milano\n", "  name: Milano\n  name: Milan\n")),
  "misspelt.yaml": edited(MILAN, { "pools.anagrafe.seats": undefined, "pools.anagrafe.+seat": 1450 }),
  "wrong-type.yaml": edited(MILAN, { "pools.anagrafe.seats": "many" }),
  "segment.yaml": edited(MILAN, { "pools.anagrafe.segment": "desktop-anagrafe" }),
  "long-name.yaml": edited(MILAN, {
    "pools.smart-working.code": "smartworking",
    "city.id": "long",
    "city.code": "lo",
    assignments: undefined,
  }),
  "aliases.yaml": 'a: &a ["lol"]\nb: [*a, *a]\n<<: *a\n',
  "garbage.yaml": Buffer.alloc(10 * 1024 * 1024, 0x9d),
};
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "validate-"));
  copyAssignments(folder);
  for (const [name, content] of Object.entries(BAD)) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, "milan.yaml"), MILAN);
  writeFileSync(
    join(folder, "overlap.yaml"),
    edited(CATANIA, { "network.segments.desktops-uffici.subnet": "10.21.32.0/21" }),
  );
  writeFileSync(
    join(folder, "vlan.yaml"),
    edited(CATANIA, { "network.segments.databases.vlan": 898, "city.id": "vlan" }),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the real command in the folder of the files. */
function validate(...args: string[]) {
  const bootstrap = join(ROOT, "cli/bootstrap.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [bootstrap, "validate", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stderr, lines: stdout.split("\n").slice(0, -1), stdout };
}

describe("validate", () => {
  test("says yes to the cities in a folder, a line each, and exits with 0", () => {
    const { status, lines, stderr } = validate("--environments", CITIES);
    expect(lines).toEqual(["Catania: 4 pools, 2,618 seats, 12 segments", "Milano: 6 pools, 12,382 seats, 17 segments"]);
    expect(stderr).toBe("2 files: no violations\n");
    expect(status).toBe(0);
  });

  test("says every violation of every file at once, writes nothing, and exits with 2", () => {
    const before = readdirSync(folder);
    const { status, lines, stderr } = validate("missing.yaml", ...Object.keys(BAD), ".");
    expect(status).toBe(2);
    expect(new Set(lines.map((line) => line.split(":")[0]))).toEqual(
      new Set(["missing.yaml", ...Object.keys(BAD), "."]),
    );
    for (const line of lines) expect(line).toMatch(/^[\w./-]+:\d+:\d+: .+; allowed: .+; repair: .+$/);
    expect(stderr).toMatch(/^\d+ violations in 10 files\n$/);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("compares the files named with one another", () => {
    const { status, lines } = validate("milan.yaml", "overlap.yaml", "vlan.yaml");
    expect(status).toBe(2);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^overlap\.yaml:\d+:\d+: network\.segments\[name=desktops-uffici\]\.subnet: .* in Milano; /,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^vlan\.yaml:.*the VLAN 898 is the segment "management"'s already/),
    );
  });

  test("prints one JSON object with --json", () => {
    const { status, stdout } = validate("--json", "misspelt.yaml");
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      files: ["misspelt.yaml"],
      violations: [
        expect.objectContaining({
          file: "misspelt.yaml",
          path: "pools[name=anagrafe].seats",
          rule: "missing-key",
        }),
        expect.objectContaining({
          file: "misspelt.yaml",
          path: "pools[name=anagrafe].seat",
          rule: "unknown-key",
          message: 'unknown key "seat"',
          repair: 'write "seats"',
        }),
      ],
    });
  });

  test("explains itself with --help", () => {
    const { status, stdout } = validate("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Exit code: 0 when all is right, 2 when there are violations.");
  });
});
