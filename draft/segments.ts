import { slugOf } from "./names";
import type { Names } from "./names";
import type { Site } from "./site";
import { overlap, placeholder, rangeOf4, usualRangeOf } from "./subnets";
import type { Range4 } from "./subnets";
import type { FoundSwitch } from "../vcenter/inventory";
import type { KnownMachine } from "./desktops";

/** A network of the vCenter as a segment of the file. */
export interface DraftSegment {
  /** Its name in the file; of one that is made, none that a port group has. */
  readonly name: string;
  /** Its name in vCenter. */
  readonly network: string;
  readonly zone: "desktops" | "management" | "services" | "transit";
  /** @default - not known */
  readonly vlan?: number | undefined;
  /** @default - none */
  readonly privateVlan?: FoundSwitch["privateVlans"][number] | undefined;
  /** Undefined for a promiscuous one, which has none. */
  readonly subnet?: Subnet | undefined;
  /** Whether it stays as it is and is only told. */
  readonly external: boolean;
  /** Whether vCenter has it. */
  readonly isThere: boolean;
}

/** A segment's range, and how it is known: by its machines' addresses, by a name, assumed from one of both, or not at all. */
export interface Subnet {
  readonly range: Range4;
  readonly known: "addresses" | "name" | "assumed" | "no";
}

/** A network before its range is chosen. */
type Network = Omit<DraftSegment, "name" | "subnet">;

const FIRST_VLAN = 1;
const LAST_VLAN = 4094;
/** What hosts use by themselves: no machine has an address there. */
const OF_HOSTS = /v-?motion|vsan|iscsi|\bnfs\b|fault.?tolerance|replicat|uplink|trunk/i;
const OF_MANAGEMENT = /manag|mgmt|gestion/i;

/** Networks that became segments, and what was left out. */
export interface DraftSegments {
  readonly segments: readonly DraftSegment[];
  /** Names of port groups that are no segments, with the reason. */
  readonly left: readonly string[];
}

/**
 * The segments of a site: those of its desktops, which the city makes anew beside the port groups that are there, and the
 * switch's other port groups, which stay as they are. A VLAN is one segment.
 * @param taken ranges of other cities
 */
export function segmentsOf(site: Site, names: Names, taken: readonly Range4[]): DraftSegments {
  const { networks, left } = distinct([...desktopNetworks(site), ...otherNetworks(site)]);
  const all = [...networks, ...routers(networks)];
  const ranges = [...taken];
  const segments = all.map((network): DraftSegment => {
    const subnet = network.privateVlan?.type === "promiscuous" ? undefined : subnetOf(network, site, ranges);
    if (subnet !== undefined) ranges.push(subnet.range);
    return { ...network, name: nameOf(network, site, names), subnet };
  });
  return { segments, left };
}

function desktopNetworks(site: Site): Network[] {
  const used = site.desktops.groups.map(({ like }) => networkOf(like));
  if (used.length === 0) return [{ network: "desktops", zone: "desktops", external: false, isThere: false }];
  return [...new Set(used)].map((network) => ({
    network,
    zone: "desktops",
    external: false,
    isThere: true,
    ...vlanOf(network, site),
  }));
}

/** The VLAN of a network, on the distributed switch or else on the hosts' standard ones. */
function vlanOf(network: string, { inventory, switch: own, clusters }: Site): Pick<Network, "vlan" | "privateVlan"> {
  const group = inventory.portGroups.find((one) => one.name === network);
  if (group !== undefined && group.switch === own?.name) return onSwitch(group.vlan, own);
  const standard = clusters.flatMap(({ hosts }) => hosts.flatMap((host) => host.standardGroups ?? []));
  const vlan = group?.vlan ?? standard.find((one) => one.name === network)?.vlan;
  return { vlan: isVlan(vlan) ? vlan : undefined };
}

/** A port group with a secondary VLAN has, as vCenter gives it, that one alone: the switch's map has the primary. */
function onSwitch(vlan: number | undefined, { privateVlans }: FoundSwitch): Pick<Network, "vlan" | "privateVlan"> {
  const entry = privateVlans.find(({ secondary }) => secondary === vlan);
  if (entry !== undefined) return { vlan: entry.primary, privateVlan: entry };
  return { vlan: isVlan(vlan) ? vlan : undefined };
}

function isVlan(vlan: number | undefined): boolean {
  return vlan !== undefined && vlan >= FIRST_VLAN && vlan <= LAST_VLAN;
}

function otherNetworks(site: Site): Network[] {
  const own = site.switch;
  if (own === undefined) return [];
  return site.inventory.portGroups
    .filter((group) => group.switch === own.name)
    .map((group) => {
      const vlan = onSwitch(group.vlan, own);
      const zone =
        vlan.privateVlan?.type === "promiscuous"
          ? "transit"
          : OF_MANAGEMENT.test(group.name)
            ? "management"
            : "services";
      return { network: group.name, zone, external: true, isThere: true, ...vlan };
    });
}

/** Each VLAN once, and of a primary VLAN one segment with addresses. */
function distinct(networks: readonly Network[]): { readonly networks: readonly Network[]; readonly left: string[] } {
  const [kept, left]: [Network[], string[]] = [[], []];
  for (const network of networks) {
    if (kept.some((one) => one.network === network.network)) continue;
    const why = network.external ? hindrance(network, kept) : undefined;
    if (why === undefined) kept.push(network);
    else left.push(`${network.network}: ${why}`);
  }
  return { networks: kept, left };
}

function hindrance(network: Network, kept: readonly Network[]): string | undefined {
  if (OF_HOSTS.test(network.network)) return "the hosts' own";
  if (network.vlan === undefined) return "no single VLAN";
  const same = kept.find((one) => one.vlan === network.vlan && clash(one, network));
  return same && `the VLAN of ${same.network}`;
}

function clash(a: Network, b: Network): boolean {
  if (a.privateVlan === undefined || b.privateVlan === undefined) return true;
  return a.privateVlan.secondary === b.privateVlan.secondary || (hasAddresses(a) && hasAddresses(b));
}

function hasAddresses({ privateVlan }: Network): boolean {
  return privateVlan?.type !== "promiscuous";
}

/** A private VLAN's router stands in a promiscuous segment: where no port group is one, the switch's map tells that it may. */
function routers(networks: readonly Network[]): Network[] {
  const primaries = new Set(networks.flatMap(({ privateVlan }) => privateVlan?.primary ?? []));
  return [...primaries].flatMap((vlan) => {
    const there = networks.some((one) => one.vlan === vlan && one.privateVlan?.type === "promiscuous");
    const privateVlan = { primary: vlan, secondary: vlan, type: "promiscuous" };
    const network = `router-${String(vlan)}`;
    return there ? [] : [{ network, zone: "transit" as const, external: true, isThere: false, vlan, privateVlan }];
  });
}

function subnetOf({ network }: Network, site: Site, taken: readonly Range4[]): Subnet | undefined {
  const machines = site.inventory.machines.filter((one) => one.details?.networks.includes(network) === true);
  const addresses = machines.flatMap(({ adapters, details }) => (adapters === 1 ? (details?.addresses ?? []) : []));
  const candidates: (Subnet | undefined)[] = [
    subnet(mostCommon(addresses.flatMap((one) => rangeOf4(one) ?? [])), "addresses"),
    subnet(rangeOf4(network), "name"),
    subnet(mostCommon(addresses.flatMap((one) => usualRangeOf(one) ?? [])), "assumed"),
    subnet(usualRangeOf(network), "assumed"),
    subnet(placeholder(machines.length, taken), "no"),
  ];
  return candidates.find((one) => one !== undefined && !taken.some((other) => overlap(other, one.range)));
}

function subnet(range: Range4 | undefined, known: Subnet["known"]): Subnet | undefined {
  return range && { range, known };
}

function mostCommon(ranges: readonly Range4[]): Range4 | undefined {
  const counts = new Map<string, { range: Range4; count: number }>();
  for (const range of ranges) {
    const key = `${String(range.first)}/${String(range.prefix)}`;
    counts.set(key, { range, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.range;
}

/** A port group that is made needs a name that none has, whatever its letters; of one that stays it is only a label. */
function nameOf({ network, zone, external }: Network, { inventory }: Site, names: Names): string {
  const label = slugOf(network, zone);
  const there = inventory.portGroups.some((group) => group.name.toLowerCase() === label);
  return names.next(!external && there ? `${label.slice(0, 36)}-vdi` : label);
}

/** The network that a machine's first adapter is connected to. */
export function networkOf({ details }: KnownMachine): string {
  return details.networks[0] ?? "";
}
