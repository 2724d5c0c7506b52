import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { REPOSITORY } from "../../lab/paths";
import { runOrThrow } from "../../lab/process";
import type { ChildOptions } from "../../lab/process";

/** A synthesized stack and the stacks that it stands on. */
export interface StackNode {
  readonly name: string;
  readonly dependencies: readonly string[];
}

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ name: z.string(), dependencies: z.array(z.string()) })),
});

/** Synthesizes every city's stacks into a folder, as `cdktf synth` does. @throws LabError */
export async function synthesize(output: string, options: Omit<ChildOptions, "command" | "args">): Promise<void> {
  const env = { ...options.env, CDKTF_OUTDIR: output };
  const args = ["--import", "tsx", join("stacks", "main.ts")];
  await runOrThrow("the synthesis", { ...options, command: process.execPath, args, cwd: REPOSITORY, env });
}

/** The stacks of a city that were synthesized into a folder. */
export function synthesizedStacks(output: string, city: string): StackNode[] {
  return allStacks(output).filter(({ name }) => name.startsWith(`${city}-`));
}

/** Names of all stacks that were synthesized into a folder. */
export function stackNames(output: string): string[] {
  return allStacks(output).map(({ name }) => name);
}

function allStacks(output: string): StackNode[] {
  const { stacks } = manifest.parse(JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")));
  return Object.values(stacks);
}
