import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..");
const PAGE = readFileSync(join(ROOT, "docs", "security.md"), "utf8");

/** A reference to a test: `test/rules/x.test.ts`, "part of its name". */
const REFERENCE = /`(test\/[\w./-]+\.test\.ts|lab\/[\w./-]+_test\.go)`, "([^"]+)"/g;

/** The rows of the tables whose last column is "shown by". */
function claims(): string[] {
  let shown = false;
  return PAGE.split("\n").filter((line) => {
    if (!line.startsWith("|")) return (shown = false);
    if (line.includes("| shown by |")) return !(shown = true);
    return shown && !line.startsWith("| ---");
  });
}

function references(row: string): { file: string; title: string }[] {
  return [...row.matchAll(REFERENCE)].map(([, file = "", title = ""]) => ({ file, title }));
}

describe("docs/security.md", () => {
  test("names a test for each claim", () => {
    expect(PAGE).toContain("| shown by |");
    expect(claims().filter((row) => references(row).length === 0)).toEqual([]);
  });

  test("names tests that there are", () => {
    const missing = claims()
      .flatMap(references)
      .filter(({ file, title }) => !readFileSync(join(ROOT, file), "utf8").includes(title));
    expect(missing).toEqual([]);
  });
});
