import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import type { City } from "../../environments/model/city";
import { dependencies } from "../../lab/cdktf";
import type * as Synthesis from "../../stacks/synthesize";
import { labOverlay } from "../named-city";

/** A synthesized stack and the stacks that it stands on. */
export interface StackNode {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** Synthesizes a city's stacks into a folder as cdktf's app does, with the lab's overlay; people's machines stay protected. */
export function synthesizeInto(output: string, city: City): void {
  mkdirSync(output, { recursive: true });
  // With it comes cdktf, for which every other command would wait too.
  const { synthesize } = createRequire(__filename)("../../stacks/synthesize") as typeof Synthesis;
  synthesize({ cities: [city], overlay: labOverlay(), output });
}

/** The stacks that were synthesized into a folder. */
export function synthesizedStacks(output: string): StackNode[] {
  return Object.entries(dependencies(output)).map(([name, stands]) => ({ name, dependencies: stands }));
}
