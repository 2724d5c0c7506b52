import { quoted } from "../environments/display";
import { inventoryName } from "../environments/model/primitives";
import { InputError } from "../runtime/errors";
import { inDatacenter } from "../vcenter/inventory";
import type { FoundHost, FoundSwitch, Inventory } from "../vcenter/inventory";
import { desktopsOf } from "./desktops";
import type { Desktops } from "./desktops";

/** What is chosen of an inventory, as far as it is. */
export interface Choice {
  readonly datacenter?: string | undefined;
  readonly clusters?: readonly string[] | undefined;
  readonly switch?: string | undefined;
  /** Patterns of desktops' names. @default - those with a workstation's Windows */
  readonly desktops?: readonly string[] | undefined;
}

/** A choice that an inventory leaves open. */
export interface OpenChoice {
  readonly of: "datacenter" | "cluster" | "switch";
  readonly text: string;
  readonly options: readonly string[];
}

/** The part of an inventory that a city's file is about. */
export interface Site {
  readonly datacenter: string;
  /** The datacenter's part. */
  readonly inventory: Inventory;
  readonly clusters: readonly SiteCluster[];
  readonly desktops: Desktops;
  /** @default - there is none that all hosts joined */
  readonly switch?: FoundSwitch | undefined;
}

/** A chosen cluster with its hosts. */
export interface SiteCluster {
  readonly name: string;
  readonly hosts: readonly FoundHost[];
}

/**
 * The part of an inventory that is meant. What there is only once needs no choice; nor do the clusters in which desktops run,
 * nor the switch that they are connected to.
 * @returns the first choice that is open, otherwise the site
 * @throws InputError where something chosen is not there
 */
export function siteOf(whole: Inventory, choice: Choice): Site | OpenChoice {
  const datacenter = only(whole.datacenters, "datacenter", choice.datacenter);
  if (typeof datacenter !== "string") return datacenter;
  const inventory = inDatacenter(whole, datacenter);
  const all = clustersOf(inventory);
  const clusters = chosenClusters(all, inventory, choice);
  if (!Array.isArray(clusters)) return clusters;
  const names = clusters.map(({ name }) => name);
  const desktops = desktopsOf(inventory.machines, names, choice.desktops);
  const found = chosenSwitch(clusters, desktops, inventory, choice);
  if (found !== undefined && "of" in found) return found;
  return { datacenter, inventory, clusters, desktops, switch: found };
}

/** Whether a choice is open. */
export function isOpen(result: Site | OpenChoice): result is OpenChoice {
  return "of" in result;
}

/** Clusters with hosts, whose names a file can have. */
function clustersOf(inventory: Inventory): SiteCluster[] {
  return inventory.clusters.flatMap(({ name }) => {
    const hosts = inventory.hosts.filter(({ cluster }) => cluster === name);
    return hosts.length > 0 && inventoryName.safeParse(name).success ? [{ name, hosts }] : [];
  });
}

function only(names: readonly string[], of: OpenChoice["of"], wanted: string | undefined): string | OpenChoice {
  if (wanted !== undefined) return known(wanted, names, of);
  const [first, second] = names;
  if (first !== undefined && second === undefined) return first;
  if (first === undefined) throw new InputError(`the inventory has no ${of}: the login may not see it`);
  return { of, text: `Which ${of} is the city's?`, options: names };
}

function known(wanted: string, names: readonly string[], of: OpenChoice["of"]): string {
  if (names.includes(wanted)) return wanted;
  const there = names.length === 0 ? "none" : names.map(quoted).join(", ");
  throw new InputError(`--${of}: there is no ${of} ${quoted(wanted)}; there is ${there}`);
}

function chosenClusters(
  all: readonly SiteCluster[],
  { machines }: Inventory,
  { clusters: wanted, desktops: patterns }: Choice,
): SiteCluster[] | OpenChoice {
  const names = all.map(({ name }) => name);
  if (wanted !== undefined && wanted.length > 0) {
    const chosen = wanted.map((name) => known(name, names, "cluster"));
    return all.filter(({ name }) => chosen.includes(name));
  }
  if (all.length === 0)
    throw new InputError(
      "the datacenter has no cluster with hosts, of a name without [ ] * ? / and \\: desktops run in one",
    );
  const used = new Set(desktopsOf(machines, names, patterns).groups.map(({ like }) => like.details.cluster));
  if (used.size > 0) return all.filter(({ name }) => used.has(name));
  if (all.length === 1) return [...all];
  return { of: "cluster", text: "In which clusters do desktops run?", options: names };
}

function chosenSwitch(
  clusters: readonly SiteCluster[],
  { groups }: Desktops,
  { switches, portGroups }: Inventory,
  { switch: wanted }: Choice,
): FoundSwitch | OpenChoice | undefined {
  const hosts = clusters.flatMap((cluster) => cluster.hosts.map(({ name }) => name));
  const joined = switches.filter((one) => hosts.every((host) => one.hosts.includes(host)) && isWritable(one));
  const names = joined.map(({ name }) => name);
  if (wanted !== undefined) {
    const name = known(wanted, names, "switch");
    return joined.find((one) => one.name === name);
  }
  const networks = new Set(groups.flatMap(({ like }) => like.details.networks));
  const used = joined.filter(({ name }) =>
    portGroups.some((group) => group.switch === name && networks.has(group.name)),
  );
  if (joined.length < 2) return joined[0];
  if (used.length === 1) return used[0];
  return { of: "switch", text: "Which distributed switch do desktops use?", options: names };
}

function isWritable({ name }: FoundSwitch): boolean {
  return inventoryName.safeParse(name).success;
}
