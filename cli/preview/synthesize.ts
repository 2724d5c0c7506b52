import { mkdirSync } from "node:fs";
import type { DeployedCity } from "../../environments/model/city";
import { labOverlay } from "../named-city";

/**
 * Synthesizes a city's stacks into a folder as cdktf's app does, with the lab's overlay; machines of people and stores
 * stay protected.
 */
export async function synthesizeInto(output: string, city: DeployedCity): Promise<void> {
  mkdirSync(output, { recursive: true });
  // It loads cdktf, which would slow down every other command.
  const { synthesize } = await import("../../stacks/synthesize");
  synthesize({ cities: [city], overlay: labOverlay(), output });
}
