import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { constructPages } from "../../cli/construct-pages";
import * as constructs from "../../constructs";
import { REPOSITORY } from "../../runtime/paths";

const FOLDER = "docs/constructs";

let pages: Awaited<ReturnType<typeof constructPages>>;

beforeAll(async () => {
  pages = await constructPages();
}, 300_000);

function page(name: string): string {
  return pages.find(({ file }) => file === `${FOLDER}/${name}.md`)?.text ?? "";
}

describe("the pages of the constructs", () => {
  test("are as the docstrings say, and none is left of a construct that is gone", () => {
    expect(
      readdirSync(join(REPOSITORY, FOLDER))
        .map((file) => `${FOLDER}/${file}`)
        .sort(),
    ).toEqual(pages.map(({ file }) => file).sort());
    for (const { file, text } of pages) expect(readFileSync(join(REPOSITORY, file), "utf8")).toBe(text);
  });

  test("are one for each construct that others may use", () => {
    const errors = ["ValidationError"];
    const classes = Object.keys(constructs).filter((name) => !errors.includes(name));
    expect(page("README").match(/(?<=^- \[)\w+/gm)).toEqual(classes.sort());
  });

  test("say of each field what it is and what holds where it is left out", () => {
    const rows = pages.flatMap(({ text }) => text.split("\n").filter((line) => line.startsWith("| `")));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => /\|\s+\|/.test(row))).toEqual([]);
  });

  test("have what a field refers to, and what the construct gives", () => {
    const headings = page("desktop-pool").match(/(?<=^## ).*/gm);
    expect(headings).toEqual([
      "Props",
      "DesktopPlace",
      "DesktopSeat",
      "DesktopTemplate",
      "GuestCustomization",
      "What it gives",
    ]);
    expect(page("project-tags")).toContain(
      "| `cup` | `string` | Codice Unico di Progetto. | no CUP category and no CUP tag |",
    );
  });
});
