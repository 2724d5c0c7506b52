import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bothVersions } from "../../cli/preview/both-versions";
import { loadDeployed } from "../../environments/deployed";
import { CATANIA, CITIES, MILAN } from "../fixtures/city-files";
import { edited } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { runs } from "../fixtures/soak";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const FILES = ["milan.yaml", "catania.yaml", "milan.assignments.csv", "catania.assignments.csv"];

/** Changes of either city: of what one hosts for the other, of what rules between cities look at, and of neither. */
const EDITS: Readonly<Record<string, readonly Edit[]>> = {
  "milan.yaml": [
    { "emergency.surge.anh.seats": 290 },
    { "emergency.active": true },
    { "directorates.servizi-civici.name": "Servizi ai Cittadini" },
    { "workstations.standard.memoryGib": 9 },
    { "platform.vsphere.datacenter": "Milano-2" },
  ],
  "catania.yaml": [
    { "emergency.active": true },
    { "directorates.lavori-pubblici.name": "Lavori" },
    { "city.code": "cx" },
    // Broken: a city's own rule, and one between cities.
    { "pools.0.seats": 9000 },
    { "city.code": "mi" },
  ],
};

beforeEach(() => {
  mkdirSync(folder("cities"));
  for (const file of FILES) cpSync(`${CITIES}/${file}`, folder("cities", file));
  git("init", "--quiet");
  commit();
});

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: folder("cities") });
}

function commit(): void {
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=cities");
}

/** The deployed city, or what is wrong with the files. */
function whole(id: string): unknown {
  return told(
    () => loadDeployed(folder("cities"), undefined).find(({ declared }) => declared.city.id === id)?.deployed,
  );
}

function told<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}

test("both versions are those of the whole folder, whatever is changed in the city's files and in others'", () => {
  const change = fc.record({
    milan: fc.subarray([...(EDITS["milan.yaml"] ?? [])], { maxLength: 2 }),
    catania: fc.subarray([...(EDITS["catania.yaml"] ?? [])], { maxLength: 1 }),
    rows: fc.boolean(),
    id: fc.constantFrom("milan", "catania"),
  });
  fc.assert(
    fc.property(change, ({ milan, catania, rows, id }) => {
      for (const file of FILES) cpSync(`${CITIES}/${file}`, folder("cities", file));
      const base = whole(id);
      writeFileSync(folder("cities/milan.yaml"), edited(MILAN, ...milan));
      writeFileSync(folder("cities/catania.yaml"), edited(CATANIA, ...catania));
      if (rows) dropRow("catania.assignments.csv");
      const wanted = whole(id);
      const found = told(() => {
        const versions = bothVersions("HEAD", folder("cities"), id);
        return [versions.wanted.deployed, versions.base];
      });
      expect(found).toEqual(typeof wanted === "string" ? wanted : [wanted, base]);
    }),
    { numRuns: runs(12) },
  );
});

function dropRow(file: string): void {
  const lines = readFileSync(folder("cities", file), "utf8").trimEnd().split("\n");
  writeFileSync(folder("cities", file), `${lines.slice(0, -1).join("\n")}\n`);
}

test("a city that is not at the commit has no base, and one that is no longer there is not missed", () => {
  rmSync(folder("cities/catania.yaml"));
  writeFileSync(folder("cities/milan.yaml"), edited(MILAN, { "emergency.surge": [] }));
  commit();
  cpSync(`${CITIES}/catania.yaml`, folder("cities/catania.yaml"));
  expect(bothVersions("HEAD", folder("cities"), "catania").base).toBeUndefined();
  commit();
  rmSync(folder("cities/catania.yaml"));
  const { wanted, base } = bothVersions("HEAD", folder("cities"), "milan");
  expect([wanted.deployed, base]).toEqual([whole("milan"), whole("milan")]);
});

test("another city is read whole, and its own rules are asked, where it or the toolkit was changed", () => {
  const reads = (): unknown => told(() => bothVersions("HEAD", folder("cities"), "milan"));
  // Merged unchecked: what milan's preview has no part in does not stop it.
  writeFileSync(folder("cities/catania.assignments.csv"), "no header\n");
  expect(reads()).toContain("catania.assignments.csv:1:1");
  commit();
  expect(reads()).toMatchObject({ base: { city: { id: "milan" } } });
  writeFileSync(folder("cities/package-lock.json"), "{}\n");
  git("add", ".");
  expect(reads()).toContain("catania.assignments.csv:1:1");
});

test("a file that git was told to overlook is read", () => {
  git("update-index", "--assume-unchanged", "milan.yaml");
  writeFileSync(folder("cities/milan.yaml"), edited(MILAN, { "emergency.surge.anh.seats": 290 }));
  const { wanted, base } = bothVersions("HEAD", folder("cities"), "catania");
  expect(wanted.deployed).toEqual(whole("catania"));
  expect(wanted.deployed).not.toEqual(base);
});
