import { inventoryName } from "../environments/model/primitives";
import type { KnownMachine } from "./desktops";
import type { Site, SiteCluster } from "./site";

/** A datastore or storage cluster of the file. */
export interface DraftStore {
  readonly name: string;
  readonly cluster: string;
  /** Sizes, in GiB: of a storage cluster its members' together. */
  readonly capacityGib: number;
  readonly freeGib: number;
  readonly type: string;
  /** Names of a storage cluster's datastores. @default - it is a single datastore */
  readonly members?: readonly string[] | undefined;
}

/** Datastores of the file, and names of those that are left out: not every host reaches them. */
export interface DraftStores {
  readonly stores: readonly DraftStore[];
  readonly left: readonly string[];
}

/**
 * The datastores that every host of a chosen cluster reaches, first those with desktops; one that several clusters reach is
 * the first one's. Those of one host are left out, unless desktops are there.
 */
export function storesOf(site: Site): DraftStores {
  const used = new Map<string, number>();
  for (const { like, machines } of site.desktops.groups) {
    const name = storeOf(like, site);
    used.set(name, (used.get(name) ?? 0) + machines.length);
  }
  const [stores, left]: [DraftStore[], string[]] = [[], []];
  for (const store of candidates(site)) {
    if (!inventoryName.safeParse(store.name).success) continue;
    const desktops = site.desktops.groups.find(({ like }) => storeOf(like, site) === store.name);
    const cluster = desktops?.like.details.cluster ?? site.clusters.find((one) => reach(one, store))?.name;
    if (cluster === undefined) left.push(store.name);
    else stores.push({ ...store, cluster });
  }
  return { stores: stores.sort((a, b) => (used.get(b.name) ?? 0) - (used.get(a.name) ?? 0)), left };
}

/** The name in the file of the datastore that a machine is on: its storage cluster's, where it is in one. */
export function storeOf({ datastore }: KnownMachine, { inventory }: Site): string {
  return inventory.storageClusters.find(({ members }) => members.includes(datastore))?.name ?? datastore;
}

function candidates({ inventory }: Site): Omit<DraftStore, "cluster">[] {
  const clustered = new Set(inventory.storageClusters.flatMap(({ members }) => members));
  const clusters = inventory.storageClusters
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => {
      const own = inventory.datastores.filter((one) => members.includes(one.name));
      const sum = (sizeOf: (one: (typeof own)[number]) => number): number =>
        own.reduce((total, one) => total + sizeOf(one), 0);
      const [capacityGib, freeGib] = [sum((one) => one.capacityGib), sum((one) => one.freeGib)];
      return { name, capacityGib, freeGib, type: own[0]?.type ?? "", members };
    });
  const single = inventory.datastores.filter(({ name }) => !clustered.has(name));
  return [...clusters, ...single.map(({ name, capacityGib, freeGib, type }) => ({ name, capacityGib, freeGib, type }))];
}

function reach({ hosts }: SiteCluster, { name, members = [name] }: Omit<DraftStore, "cluster">): boolean {
  return hosts.every((host) => members.every((member) => host.datastores.includes(member)));
}
