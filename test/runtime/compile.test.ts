import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { endOf } from "../fixtures/command";
import type { Ended } from "../fixtures/command";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const BUILDS = ".build";

/** A repository with two programs: one prints what a module says that it imports. */
beforeEach(() => {
  for (const room of ["cli", "stacks", "runtime", "node_modules"]) mkdirSync(folder(room), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules/esbuild"), folder("node_modules/esbuild"));
  for (const file of ["runtime/compile.mjs", "tsconfig.json"]) cpSync(join(REPOSITORY, file), folder(file));
  writeFileSync(folder("package-lock.json"), "{}");
  writeFileSync(folder("cli/main.ts"), 'import { word } from "./word";\n\nconsole.log(word());\n');
  writeFileSync(folder("stacks/main.ts"), "export {};\n");
  says('return "first";');
});

function says(body: string): void {
  writeFileSync(folder("cli/word.ts"), `export function word(): string {\n  ${body}\n}\n`);
}

/** Runs the program. */
function run(): Promise<Ended> {
  const script = `import { compiled } from "./runtime/compile.mjs"; await import(compiled("cli/main.ts"));`;
  const args = ["--input-type=module", "-e", script];
  return endOf(spawn(process.execPath, args, { cwd: folder(), stdio: ["ignore", "pipe", "pipe"] }));
}

test("a program is what its sources are now", async () => {
  expect(await run()).toEqual({ code: 0, out: "first\n", err: "" });
  says('return "second";');
  expect(await run()).toMatchObject({ code: 0, out: "second\n" });
});

test("a program is compiled once for the same sources, also where many commands start together", async () => {
  const ended = await Promise.all(Array.from({ length: 12 }, run));
  expect(ended).toEqual(Array(12).fill({ code: 0, out: "first\n", err: "" }));
  expect(readdirSync(folder(BUILDS))).toHaveLength(1);
});

test("four builds are kept, and one that is gone is made again", async () => {
  for (const word of ["a", "b", "c", "d", "e"]) {
    says(`return "${word}";`);
    await run();
  }
  expect(readdirSync(folder(BUILDS))).toHaveLength(4);
  rmSync(folder(BUILDS), { recursive: true });
  expect(await run()).toMatchObject({ code: 0, out: "e\n" });
});

test("an error tells its place in the source", async () => {
  says('throw new Error("no word");');
  expect((await run()).err).toContain("cli/word.ts:2:");
});

test("a source that cannot be compiled is said with its place", async () => {
  says("return ;;;)");
  const { code, err } = await run();
  expect(code).toBe(1);
  expect(err).toMatch(/cli\/word\.ts:2:\d+: ERROR: Unexpected/);
});
