import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CHANGES, changesOf } from "../../../environments/changes";
import { withChangesTable } from "../../../environments/changes/changes-table";
import { REPOSITORY } from "../../../runtime/paths";

const PAGE = readFileSync(join(REPOSITORY, "environments/README.md"), "utf8");

function whatOf(key: string): string[] {
  return changesOf(key.split(".")).map(({ what }) => what);
}

describe("the table of changes in environments/README.md", () => {
  test("is what environments/changes/ has", () => {
    expect(withChangesTable(PAGE)).toBe(PAGE);
  });

  test("says each thing once", () => {
    const all = CHANGES.map(({ what }) => what);
    expect(all.filter((what, index) => all.indexOf(what) !== index)).toEqual([]);
  });

  test("is refused where the page has no place for it", () => {
    expect(() => withChangesTable("# Environments\n")).toThrow("no place for the table of changes");
  });
});

describe("changesOf", () => {
  test("gives every change of a key", () => {
    expect(whatOf("workstations.*.dataDiskGib")).toEqual([
      "`workstations.*.dataDiskGib`, added",
      "`workstations.*.dataDiskGib`, removed",
      "`workstations.*.diskGib`, `dataDiskGib`",
    ]);
  });

  test("gives those of the nearest key above where the key has none of its own", () => {
    expect(whatOf("secrets.people.teams.*.group")).toEqual(["`secrets.people.teams`, `breakGlass`"]);
  });

  test("gives none where the table says nothing", () => {
    expect(whatOf("platform.datastores.*.name")).toEqual([]);
  });
});
