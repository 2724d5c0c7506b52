import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import type { DeployedCity } from "../../environments/model/city";
import type * as Synthesis from "../../stacks/synthesize";
import { labOverlay } from "../named-city";

/**
 * Synthesizes a city's stacks into a folder as cdktf's app does, with the lab's overlay; machines of people and stores
 * stay protected.
 */
export function synthesizeInto(output: string, city: DeployedCity): void {
  mkdirSync(output, { recursive: true });
  // It loads cdktf, which would slow down every other command.
  const { synthesize } = createRequire(__filename)("../../stacks/synthesize") as typeof Synthesis;
  synthesize({ cities: [city], overlay: labOverlay(), output });
}
