import type { DeployedCity } from "../../../environments/model/city";
import { synthesizedStacks } from "../../../terraform/manifest";
import type { StackNode } from "../../../terraform/manifest";
import { synthesizeInto } from "../../preview/synthesize";
import { inTemporaryFolder } from "../../../runtime/temporary-folder";

/**
 * Synthesizes a city into a folder that is removed again.
 * @param read gets the folder and the city's stacks
 */
export async function withSynthesis<T>(
  city: DeployedCity,
  read: (output: string, stacks: readonly StackNode[]) => T,
): Promise<T> {
  return inTemporaryFolder("postazioni-stacks-", async (output) => {
    await synthesizeInto(output, city);
    return read(output, synthesizedStacks(output));
  });
}

/** The stacks that a city's file declares, and what each stands on. */
export function stacksOf(city: DeployedCity): Promise<StackNode[]> {
  return withSynthesis(city, (_, stacks) => [...stacks]);
}

/** The names of the stacks of each city, by its id. */
export async function stackNames(cities: readonly DeployedCity[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const city of cities)
    names.set(
      city.city.id,
      (await stacksOf(city)).map(({ name }) => name),
    );
  return names;
}
