import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Workplace } from "../fixtures/guide";

const MINUTE = 60_000;

describe("the documentation's site", () => {
  let reader: Workplace;

  beforeAll(() => {
    reader = new Workplace();
  });

  afterAll(() => {
    reader.remove();
  });

  test(
    "is built from the sources, with guides, decisions and constructs, and every link leads somewhere",
    () => {
      const content = "npm run -s site";
      const { code, output } = reader.take({ kind: "sh", content, printed: "", line: 0 });
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("every link leads somewhere") });
      const pages = ["index.html", "documents/docs_guides_desktops.html", "classes/desktops.DesktopPool.html"];
      expect(pages.filter((page) => !existsSync(join(reader.folder, "site.out", page)))).toEqual([]);
    },
    10 * MINUTE,
  );
});

describe("the links of pages", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "links-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("that lead to no file or no heading are told, but not those of other sites and of code", () => {
    writeFileSync(join(folder, "there.html"), '<h2 id="a-heading">A</h2>');
    const good =
      '<a href="there.html#a-heading">1</a><a href="https://other.example/x">2</a><pre><a href="code"></pre>';
    writeFileSync(join(folder, "page.html"), `${good}<a href="away.html">3</a><a href="there.html#no-heading">4</a>`);
    const script = `import("${join(__dirname, "../../docs/site/links.mjs")}").then(({ brokenLinks }) =>
      console.log(JSON.stringify(brokenLinks(process.argv[1]))));`;
    const { stdout } = spawnSync(process.execPath, ["-e", script, folder], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual(["page.html: away.html", "page.html: there.html#no-heading"]);
  });
});
