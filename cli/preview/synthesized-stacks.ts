import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { synthesize } from "../../stacks/synthesize";

/** A synthesized stack and the stacks that it stands on. */
export interface StackNode {
  readonly name: string;
  readonly dependencies: readonly string[];
}

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ name: z.string(), dependencies: z.array(z.string()) })),
});

/**
 * Synthesizes every city's stacks into a folder as cdktf's app does, with what that reads from the environment.
 * @param environments folder of the cities' files
 * @throws EnvironmentError when a file is not right
 */
export function synthesizeInto(output: string, environments: string): void {
  const { POSTAZIONI_OVERLAY: overlay, POSTAZIONI_TEARDOWN } = process.env;
  mkdirSync(output, { recursive: true });
  synthesize({ environments, overlay, teardown: POSTAZIONI_TEARDOWN === "true", output });
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
