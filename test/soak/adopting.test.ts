import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Packed, userEnvironment } from "../fixtures/packed";

/**
 * What a city does that takes the toolkit up, from the package alone, outside of the repository. Each test goes on where the one
 * before ended.
 */
let packed: Packed;

beforeAll(() => {
  packed = new Packed();
  packed.install();
});

afterAll(() => {
  if (existsSync(join(city(), "node_modules"))) typed("npm run lab -- down");
  packed.remove();
});

function city(): string {
  return join(packed.folder, "postazioni-valchiara");
}

/** Types commands in the city's repository. */
function typed(commands: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { ...userEnvironment(), NO_COLOR: "1" };
  const script = `set -euo pipefail\n${commands}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: city(), encoding: "utf8", env });
  return { code: status, out: stdout, err: stderr };
}

test("init writes a repository that holds the package it was installed from", () => {
  const args = ["init", "postazioni-valchiara", "--city", "Valchiara", "--platform", "github"];
  expect(packed.run("postazioni", args)).toMatchObject({ code: 0, err: "" });
  expect(existsSync(join(city(), "vendor", packed.report.filename))).toBe(true);
});

test("npm installs it, also for the jobs of CI, from any folder below", () => {
  expect(typed("npm install --ignore-scripts --prefer-offline --no-audit --no-fund")).toMatchObject({ code: 0 });
  expect(typed("npm ci --omit=dev --ignore-scripts --dry-run")).toMatchObject({ code: 0 });
  expect(typed("npm run -s validate")).toMatchObject({ code: 0, err: "1 file: no violations\n" });
  expect(typed("cd environments && npm run -s validate && npm run -s validate -- valchiara.yaml")).toMatchObject({
    code: 0,
  });
});

test("the stacks are those that cdktf lists", () => {
  const { code, out } = typed("npx --no-install cdktf list");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("valchiara-foundation") });
});

test("a preview in the lab plans every stack, before any was deployed", () => {
  expect(typed("npm run lab -- up")).toMatchObject({ code: 0 });
  const { code, out } = typed(
    'eval "$(npm run -s lab -- env)"; npm run -s preview -- valchiara --format json || test $? = 2',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ result: "changes" });
});

test("the lab deploys the city, and plans no change after it", () => {
  expect(typed("npm run -s lab -- deploy valchiara")).toMatchObject({ code: 0 });
  const { code, out } = typed("npm run -s lab -- plan valchiara");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("no change") });
});

// An upgrade from the former release goes here, once there is one: its plan destroys nothing.

test("the lab destroys it", () => {
  expect(typed("npm run -s lab -- destroy valchiara")).toMatchObject({ code: 0 });
  expect(typed("npm run -s lab -- status").out).not.toMatch(/: deployed$/m);
});
