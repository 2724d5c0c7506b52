import type { Path } from "../path";

/** What is counted: virtual CPUs, GiB of memory, machines with a vGPU profile, GiB of disks, IPv4 addresses. */
export type Unit = "cpus" | "memoryGib" | "vgpus" | "diskGib" | "addresses";

const UNIT_NOUNS: Readonly<Record<Unit, string>> = {
  cpus: "virtual CPUs",
  memoryGib: "GiB of memory",
  vgpus: "vGPUs",
  diskGib: "GiB of disks",
  addresses: "addresses",
};

/** Hosts of a cluster or host group. */
export interface HostCount {
  /** All hosts. */
  readonly all: number;
  /** Hosts left after as many failures as the cluster tolerates. */
  readonly left: number;
}

/** A resource with the demand of a city's machines and its capacity. */
export interface Resource {
  /** What the resource belongs to. */
  readonly kind: "cluster" | "hostGroup" | "datastore" | "segment";
  /** Its name; a host group's is unique in its cluster only. */
  readonly name: string;
  /** Name of the cluster; null for a segment. */
  readonly cluster: string | null;
  /** What is counted. */
  readonly unit: Unit;
  /** The vGPU profile; null for other units. */
  readonly profile: string | null;
  /** Hosts that the capacity is computed from; null for a datastore or a segment. */
  readonly hosts: HostCount | null;
  /** Demand, in the unit. */
  readonly demanded: number;
  /** Capacity in the unit, rounded down; null where the file does not say. */
  readonly available: number | null;
  /** Capacity minus demand; negative where there is too little, null where the file does not say. */
  readonly headroom: number | null;
  /** Path in the file of the value to change for more capacity. */
  readonly path: Path;
}

/** The parts of a resource; the rest is computed. */
export interface ResourceParts extends Pick<Resource, "kind" | "name" | "unit" | "demanded" | "path"> {
  /** @default null */
  readonly cluster?: string;
  /** @default null */
  readonly profile?: string;
  /** @default null */
  readonly hosts?: HostCount;
  /** Not rounded; undefined where the file does not say. */
  readonly available: number | undefined;
}

/** A resource from its parts. */
export function resource({ cluster, profile, hosts, available, ...parts }: ResourceParts): Resource {
  const whole = available === undefined ? null : wholeOf(available);
  const headroom = whole === null ? null : whole - parts.demanded;
  const known = { cluster: cluster ?? null, profile: profile ?? null, hosts: hosts ?? null };
  return { ...parts, ...known, available: whole, headroom };
}

/** The noun of a unit: `virtual CPUs`, `vGPUs grid_a16-4q`. */
export function unitNoun({ unit, profile }: Pick<Resource, "unit" | "profile">): string {
  return profile === null ? UNIT_NOUNS[unit] : `${UNIT_NOUNS[unit]} ${profile}`;
}

/** Rounded down. 4.35 times 100 is 434.99999999999994 in floating point, and has to be 435. */
function wholeOf(number: number): number {
  return Math.floor(Number(number.toFixed(6)));
}
