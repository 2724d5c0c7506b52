import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..");
const PAGES = ["security", "field"].map(
  (name) => [name, readFileSync(join(ROOT, "docs", `${name}.md`), "utf8")] as const,
);

/** A reference to a test: `test/rules/x.test.ts`, "part of its name". */
const REFERENCE = /`(test\/[\w./-]+\.test\.ts|lab\/[\w./-]+_test\.go)`, "([^"]+)"/g;

/** The rows of the tables whose last column is "shown by". */
function claims(page: string): string[] {
  let shown = false;
  return page.split("\n").filter((line) => {
    if (!line.startsWith("|")) return (shown = false);
    if (line.includes("| shown by |")) return !(shown = true);
    return shown && !line.startsWith("| ---");
  });
}

function references(row: string): { file: string; title: string }[] {
  return [...row.matchAll(REFERENCE)].map(([, file = "", title = ""]) => ({ file, title }));
}

describe.each(PAGES)("docs/%s.md", (_, page) => {
  test("names a test for each claim", () => {
    expect(page).toContain("| shown by |");
    expect(claims(page).filter((row) => references(row).length === 0)).toEqual([]);
  });

  test("names tests that there are", () => {
    const missing = claims(page)
      .flatMap(references)
      .filter(({ file, title }) => !readFileSync(join(ROOT, file), "utf8").includes(title));
    expect(missing).toEqual([]);
  });
});
