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

/** The hosts of a cluster or host group. */
export interface HostCount {
  /** All of them. */
  readonly all: number;
  /** Those that are left when as many have failed as the cluster tolerates. */
  readonly left: number;
}

/** Something that a city's machines take, how much of it they take, and how much there is. */
export interface Resource {
  /** What it belongs to. */
  readonly kind: "cluster" | "hostGroup" | "datastore" | "segment";
  /** Name of that; a host group's is unique in its cluster only. */
  readonly name: string;
  /** Name of the cluster that it is in; null for a segment. */
  readonly cluster: string | null;
  /** What is counted. */
  readonly unit: Unit;
  /** Which vGPU profile is counted; null but for vgpus. */
  readonly profile: string | null;
  /** The hosts that it is counted of; null for a datastore and a segment. */
  readonly hosts: HostCount | null;
  /** How much the machines take, in the unit. */
  readonly demanded: number;
  /** How much there is, in the unit, rounded down; null where the file does not say. */
  readonly available: number | null;
  /** How much stays free, in the unit; below 0 where there is too little, null where the file does not say. */
  readonly headroom: number | null;
  /** The way to the value of the file that is changed to have more. */
  readonly path: Path;
}

/** What a resource is made from: all but what follows from the rest. */
export interface ResourceParts extends Pick<Resource, "kind" | "name" | "unit" | "demanded" | "path"> {
  /** @default null */
  readonly cluster?: string;
  /** @default null */
  readonly profile?: string;
  /** @default null */
  readonly hosts?: HostCount;
  /** As it was computed, not yet rounded; undefined where the file does not say. */
  readonly available: number | undefined;
}

/** A resource from its parts. */
export function resource({ cluster, profile, hosts, available, ...parts }: ResourceParts): Resource {
  const whole = available === undefined ? null : wholeOf(available);
  const headroom = whole === null ? null : whole - parts.demanded;
  const known = { cluster: cluster ?? null, profile: profile ?? null, hosts: hosts ?? null };
  return { ...parts, ...known, available: whole, headroom };
}

/** What people call the unit of a resource: `virtual CPUs`, `vGPUs grid_a16-4q`. */
export function unitNoun({ unit, profile }: Pick<Resource, "unit" | "profile">): string {
  return profile === null ? UNIT_NOUNS[unit] : `${UNIT_NOUNS[unit]} ${profile}`;
}

/** Rounded down. 4.35 times 100 is 434.99999999999994 in floating point, and has to be 435. */
function wholeOf(number: number): number {
  return Math.floor(Number(number.toFixed(6)));
}
