import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { REPOSITORY } from "../../runtime/paths";

function text(file: string): string {
  return readFileSync(join(REPOSITORY, file), "utf8");
}

test("a release has one version everywhere, the changelog's day, and notes", () => {
  const [, version = "", day = ""] = /^## \[(\d+\.\d+\.\d+)\] - (\S+)$/m.exec(text("CHANGELOG.md")) ?? [];
  for (const file of ["package.json", "package-lock.json"]) expect(JSON.parse(text(file))).toMatchObject({ version });
  expect(parse(text("publiccode.yml"))).toMatchObject({ softwareVersion: version, releaseDate: day });
  const { status, stdout } = spawnSync(join(REPOSITORY, ".ci/release-notes"), [version], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\w/)]);
  expect(text("CHANGELOG.md")).toContain("\n## [Unreleased]\n");
});
