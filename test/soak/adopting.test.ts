import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Ended, GuideStep } from "../fixtures/guide";
import { Packed, userEnvironment } from "../fixtures/packed";
import { COMMITS, FORMER, NEXT, pack } from "../fixtures/releases";
import { workedThrough } from "../fixtures/worked-through";
import { DESKTOPS, inOthersVcenter } from "./others-vcenter";

/**
 * What a city does that takes the toolkit up, from the package alone, outside of the repository: its file comes from the inventory of a
 * vCenter with desktops that people have, it is deployed with the former release, upgraded to this one, and destroyed. Each test goes on
 * where the one before ended.
 */
const MINUTE = 60_000;

jest.setTimeout(10 * MINUTE);

let packed: Packed;
/** The next release's package. */
let next: string;

beforeAll(async () => {
  packed = new Packed();
  next = pack("HEAD", join(packed.folder, "next"), NEXT);
  packed.install(pack(COMMITS[FORMER], join(packed.folder, "former"), FORMER));
  await inOthersVcenter(packed.folder, (others) => others.saveVcenter("ragusa", join(packed.folder, "saved")));
}, 20 * MINUTE);

afterAll(() => {
  if (existsSync(join(city(), "node_modules"))) typed("npm run lab -- down");
  packed.remove();
}, MINUTE);

function city(): string {
  return join(packed.folder, "postazioni-ragusa");
}

/** Types commands in the city's repository. */
function typed(commands: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { ...userEnvironment(), NO_COLOR: "1" };
  const script = `set -euo pipefail\n${commands}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: city(), encoding: "utf8", env });
  return { code: status, out: stdout, err: stderr };
}

/** A reader of a guide, in the city's repository. */
const reader = {
  take: ({ content }: GuideStep): Ended => {
    const { code, out } = typed(`exec 2>&1\n${content}`);
    return { code, output: out };
  },
};

test("init writes a repository that holds the package it was installed from", () => {
  const args = ["init", "postazioni-ragusa", "--platform", "github"];
  expect(packed.run("postazioni", args)).toMatchObject({ code: 0, err: "" });
  expect(existsSync(join(city(), "vendor", `postazioni-${FORMER}.tgz`))).toBe(true);
});

test("npm installs it, also for the jobs of CI", () => {
  expect(typed("npm install --ignore-scripts --prefer-offline --no-audit --no-fund")).toMatchObject({ code: 0 });
  expect(typed("npm ci --omit=dev --ignore-scripts --dry-run")).toMatchObject({ code: 0 });
});

test("a vCenter's inventory becomes the city's file, which is right as it is, from any folder below", () => {
  const { code, out } = typed("npm run -s init -- city ragusa --inventory ../saved --code rg");
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringContaining(`1 pool with ${String(DESKTOPS)} machines to adopt`),
  });
  expect(typed("npm run -s validate")).toMatchObject({ code: 0, err: "1 file: no violations\n" });
  expect(typed("cd environments && npm run -s validate && npm run -s validate -- ragusa.yaml")).toMatchObject({
    code: 0,
  });
});

test("the stacks are those that cdktf lists", () => {
  const { code, out } = typed("npx --no-install cdktf list");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("ragusa-foundation") });
});

test("a preview in the lab plans every stack, before any was deployed", () => {
  expect(typed(`npm run lab -- up --seats ${String(DESKTOPS)}`)).toMatchObject({ code: 0 });
  const { code, out } = typed(
    'eval "$(npm run -s lab -- env)"; npm run -s preview -- ragusa --format json || test $? = 2',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ result: "changes" });
});

test("the lab deploys the city, and plans no change after it", () => {
  expect(typed("npm run -s lab -- deploy ragusa")).toMatchObject({ code: 0 });
  expectNoChange();
});

test("the next release's package is put beside the former one", () => {
  cpSync(next, join(city(), "vendor", basename(next)));
  expect(typed("npx --no-install postazioni --version").out).toBe(`${FORMER}\n`);
});

workedThrough("upgrading", () => reader);

test("the upgrade leaves nothing to change, and the former package can go", () => {
  expectNoChange();
  rmSync(join(city(), "vendor", `postazioni-${FORMER}.tgz`));
  expect(typed("npm ci --ignore-scripts --prefer-offline --no-audit --no-fund && npm run -s validate")).toMatchObject({
    code: 0,
  });
});

test("the lab destroys it", () => {
  expect(typed("POSTAZIONI_TEARDOWN=true npm run -s lab -- destroy ragusa")).toMatchObject({ code: 0 });
  expect(typed("npm run -s lab -- status").out).not.toMatch(/: deployed$/m);
});

function expectNoChange(): void {
  const { code, out } = typed("npm run -s lab -- plan ragusa");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("no change") });
}
