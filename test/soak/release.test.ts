import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { REPOSITORY, VERSION } from "../../runtime/paths";
import { Workplace } from "../fixtures/guide";

const MINUTE = 60_000;
const PACKAGE = `postazioni-${VERSION}.tgz`;

jest.setTimeout(20 * MINUTE);

let clone: Workplace;

/** A clone, in which nothing is installed: a release installs its own packages. */
beforeAll(() => {
  clone = new Workplace();
  rmSync(join(clone.folder, "node_modules"));
});

afterAll(() => {
  clone.remove();
}, MINUTE);

/** Does what the workflow of a tag does before it publishes. */
function release(tag: string): { readonly status: number | null; readonly stderr: string } {
  const args = [tag, join(clone.folder, "release")];
  return spawnSync(join(clone.folder, ".ci/release"), args, { cwd: clone.folder, encoding: "utf8" });
}

test("a tag that is not the package's version makes nothing", () => {
  const { status, stderr } = release("v0.0.1");
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(`package.json says ${VERSION}, so the tag is v${VERSION}`),
  ]);
  expect(existsSync(join(clone.folder, "release"))).toBe(false);
});

test("the version's tag makes notes, package, bill of materials and site", () => {
  expect(release(`v${VERSION}`)).toMatchObject({ status: 0 });
  const made = (name: string): string => join(clone.folder, "release", name);
  expect(readdirSync(made("")).sort()).toEqual(["notes.md", "postazioni.cdx.json", PACKAGE, "site.tar.gz"].sort());
  expect(readFileSync(join(REPOSITORY, "CHANGELOG.md"), "utf8")).toContain(readFileSync(made("notes.md"), "utf8"));
  expect(JSON.parse(readFileSync(made("postazioni.cdx.json"), "utf8"))).toMatchObject({ bomFormat: "CycloneDX" });
  const files = (name: string): string => execFileSync("tar", ["-tzf", made(name)], { encoding: "utf8" });
  expect(files(PACKAGE)).toMatch(/^package\/dist\/cli\/main\.js$/m);
  expect(files("site.tar.gz")).toMatch(/^site\.out\/index\.html$/m);
});
