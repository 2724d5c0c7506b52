import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.object({
  stacks: z.record(z.string(), z.object({ name: z.string(), dependencies: z.array(z.string()).default([]) })),
});

/** A synthesized stack and its dependencies. */
export interface StackNode {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** The stacks in a synthesis folder, in the order of cdktf's manifest; empty without a synthesis. */
export function synthesizedStacks(output: string): StackNode[] {
  const file = join(output, "manifest.json");
  if (!existsSync(file)) return [];
  const { stacks } = manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.entries(stacks).map(([name, { dependencies }]) => ({ name, dependencies }));
}

/** The dependencies of each stack in a synthesis folder, by stack; empty without a synthesis. */
export function dependencies(output: string): Record<string, readonly string[]> {
  return Object.fromEntries(synthesizedStacks(output).map((stack) => [stack.name, stack.dependencies]));
}
