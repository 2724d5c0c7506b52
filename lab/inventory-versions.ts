import type { City } from "../environments/model/city";
import { listed } from "../environments/display";
import { InputError } from "../runtime/errors";
import { inventoryOf } from "./inventory";
import type { Inventory, InventoryCluster, InventoryLibrary } from "./inventory";

/**
 * What several versions of a city's file presuppose together; where they differ about a thing, the last one says what it is.
 * A switch that one version makes is not there already for another one.
 * @throws InputError where they name several datacenters, as a vCenter of the lab has one
 */
export function inventoryOfVersions(versions: readonly City[]): Inventory {
  const all = versions.map(inventoryOf);
  const made = new Set(versions.flatMap(({ network }) => (network.switch.existing ? [] : network.switch.name)));
  return {
    datacenter: onlyDatacenter(all),
    clusters: merged(all, "clusters", ({ name }) => name, joinedClusters),
    physicalAdapters: [...new Set(all.flatMap(({ physicalAdapters }) => physicalAdapters))],
    templates: merged(all, "templates", ({ name }) => name),
    principals: merged(all, "principals", ({ name, group }) => `${name} ${String(group)}`),
    switches: merged(all, "switches", ({ name }) => name).filter(({ name }) => !made.has(name)),
    machines: merged(all, "machines", ({ folder, name }) => `${folder}/${name}`),
    storagePolicies: [...new Set(all.flatMap(({ storagePolicies }) => storagePolicies))],
    libraries: merged(all, "libraries", ({ name }) => name, joinedLibraries),
  };
}

function onlyDatacenter(all: readonly Inventory[]): string {
  const [first = "", ...others] = [...new Set(all.map(({ datacenter }) => datacenter))];
  if (others.length === 0) return first;
  throw new InputError(
    `the versions of the file name the datacenters ${listed([first, ...others])}; the lab's vCenter has one: rehearse each by itself`,
  );
}

/** The things of all inventories, once each. @param join what becomes of two that are the same. @default - the last one stays */
function merged<K extends "clusters" | "templates" | "principals" | "switches" | "machines" | "libraries">(
  all: readonly Inventory[],
  kind: K,
  keyOf: (thing: Inventory[K][number]) => string,
  join: (earlier: Inventory[K][number], later: Inventory[K][number]) => Inventory[K][number] = (_, later) => later,
): Inventory[K][number][] {
  const things = new Map<string, Inventory[K][number]>();
  for (const thing of all.flatMap((inventory): readonly Inventory[K][number][] => inventory[kind])) {
    const earlier = things.get(keyOf(thing));
    things.set(keyOf(thing), earlier === undefined ? thing : join(earlier, thing));
  }
  return [...things.values()];
}

function joinedClusters(earlier: InventoryCluster, later: InventoryCluster): InventoryCluster {
  return {
    ...later,
    hosts: [...new Set([...earlier.hosts, ...later.hosts])],
    datastores: [...new Set([...earlier.datastores, ...later.datastores])],
  };
}

function joinedLibraries(earlier: InventoryLibrary, later: InventoryLibrary): InventoryLibrary {
  const items = new Map([...earlier.items, ...later.items].map((item) => [item.name, item]));
  return { name: later.name, items: [...items.values()] };
}
