import { count } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { GateFinding } from "./gate-finding";
import { stacksOf } from "./seat-changes";
import type { StackPreview } from "./stack-preview";
import { isWaived } from "./waivers";

/**
 * A gate's findings on stacks. Those on shards of one pool are one, on the pool, which a waiver may name; a single one is on
 * its stack, and one with a waiver of its own stays by itself.
 * @param find the finding on a stack; several shards are given as one
 */
export function stackFindings(
  city: DeployedCity,
  base: DeployedCity,
  stacks: readonly StackPreview[],
  find: (stack: StackPreview) => GateFinding[],
): GateFinding[] {
  const poolOf = poolsOfStacks(city, base);
  const shards = new Map<string, StackPreview[]>();
  const alone: GateFinding[] = [];
  for (const stack of stacks) {
    for (const finding of find(stack)) {
      const pool = poolOf.get(stack.stack);
      if (pool === undefined || isWaived(city, finding)) alone.push(finding);
      else shards.set(pool, [...(shards.get(pool) ?? []), stack]);
    }
  }
  return [...alone, ...[...shards].flatMap(([pool, found]) => ofPool(city, pool, found, find))];
}

function ofPool(
  city: DeployedCity,
  pool: string,
  shards: readonly StackPreview[],
  find: (stack: StackPreview) => GateFinding[],
): GateFinding[] {
  const all = shards.flatMap(find);
  const isOne = shards.length === 1 && !all.some(({ gate }) => isWaived(city, { gate, scope: pool }));
  const [first] = shards;
  if (isOne || first === undefined) return all;
  const together = {
    ...{ ...first, stack: pool },
    changes: shards.flatMap(({ changes }) => changes),
    drift: shards.flatMap(({ drift }) => drift),
  };
  return find(together).map((finding) => ({
    ...finding,
    text: `${finding.text}, in ${count(shards.length, "stack")}`,
  }));
}

function poolsOfStacks(...cities: readonly DeployedCity[]): Map<string, string> {
  return new Map(
    cities.flatMap((city) =>
      city.pools.flatMap((pool) => stacksOf(city, pool).map((stack): [string, string] => [stack, pool.name])),
    ),
  );
}
