import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dependencies } from "../../lab/cdktf";
import type * as Synthesis from "../../stacks/synthesize";

/** A synthesized stack and the stacks that it stands on. */
export interface StackNode {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Synthesizes every city's stacks into a folder as cdktf's app does, with what that reads from the environment.
 * @param environments folder of the cities' files
 * @throws EnvironmentError when a file is not right
 */
export function synthesizeInto(output: string, environments: string): void {
  const { POSTAZIONI_OVERLAY: overlay, POSTAZIONI_TEARDOWN } = process.env;
  mkdirSync(output, { recursive: true });
  // With it comes cdktf, for which every other command would wait too.
  const { synthesize } = createRequire(__filename)("../../stacks/synthesize") as typeof Synthesis;
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
  return Object.entries(dependencies(output)).map(([name, stands]) => ({ name, dependencies: stands }));
}
