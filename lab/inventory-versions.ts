import type { City } from "../environments/model/city";
import { listed } from "../environments/display";
import { InputError } from "../runtime/errors";
import { inventoryOf } from "./inventory";
import type { Inventory, InventoryCluster, InventoryLibrary } from "./inventory";

/**
 * The union of the inventories that several versions of a city's file need; where they differ, the last version
 * applies. A switch that one version creates does not exist beforehand for another.
 * @throws InputError for several datacenters, since a vCenter of the lab has one
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
    storageClusters: merged(all, "storageClusters", ({ name }) => name),
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

/**
 * The items of all inventories, by name. @param join combines two with the same name. @default - the last one is used
 */
function merged<
  K extends "clusters" | "templates" | "principals" | "switches" | "machines" | "libraries" | "storageClusters",
>(
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
