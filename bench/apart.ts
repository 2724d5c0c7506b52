import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../runtime/paths";

const RUNS = 3;
const BYTES_PER_KIB = 1024;

/**
 * What a program of this folder prints as JSON, in a process of its own, so that it is cold.
 * @param timeout in ms. @default - it may take as long as it takes
 */
export function apart(program: string, args: readonly string[], timeout?: number): unknown {
  const run = ["--import", "tsx", join(REPOSITORY, "bench", `${program}.ts`), ...args];
  return JSON.parse(execFileSync(process.execPath, run, { cwd: REPOSITORY, encoding: "utf8", timeout }));
}

/** The same, as many times as a median wants. */
export function runsApart<T>(program: string, ...args: readonly string[]): T[] {
  return Array.from({ length: RUNS }, () => apart(program, args) as T);
}

/** Peak memory of this process. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * BYTES_PER_KIB;
}

/** Size of the synthesized stacks of a folder. @param part in their names. @default - of all */
export function synthesizedBytes(outdir: string, part = ""): number {
  const stacks = join(outdir, "stacks");
  const names = readdirSync(stacks).filter((name) => name.includes(part));
  return names.reduce((sum, name) => sum + statSync(join(stacks, name, "cdk.tf.json")).size, 0);
}
