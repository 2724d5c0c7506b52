import { capacityOf } from "../environments/capacity/city-capacity";
import type { Resource } from "../environments/capacity/resource";
import type { DeployedCity } from "../environments/model/city";

/** A resource whose demand or supply changes. */
export interface CapacityChange extends Pick<Resource, "kind" | "name" | "cluster" | "unit" | "profile"> {
  /** Before; null where the file did not say, or had no such resource. */
  readonly before: Amounts | null;
  /** After; null likewise. */
  readonly after: Amounts | null;
}

/** Demand, supply and headroom of a resource, in its unit; null where the file does not say. */
export type Amounts = Pick<Resource, "demanded" | "available" | "headroom">;

/** Compares what two versions of a city's file demand, in the order of the later one. */
export function capacityChanges(base: DeployedCity, wanted: DeployedCity): CapacityChange[] {
  const [before, after] = [byName(base), byName(wanted)];
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [old, fresh] = [before.get(key), after.get(key)];
    const known = fresh ?? old;
    if (known === undefined || (old?.demanded === fresh?.demanded && old?.available === fresh?.available)) return [];
    const { kind, name, cluster, unit, profile } = known;
    return [{ kind, name, cluster, unit, profile, before: amounts(old), after: amounts(fresh) }];
  });
}

function byName(city: DeployedCity): Map<string, Resource> {
  return new Map(
    capacityOf(city).map((resource) => {
      const { kind, name, cluster, unit, profile } = resource;
      return [JSON.stringify([kind, cluster, name, unit, profile]), resource];
    }),
  );
}

function amounts(resource: Resource | undefined): Amounts | null {
  if (resource === undefined) return null;
  const { demanded, available, headroom } = resource;
  return { demanded, available, headroom };
}
