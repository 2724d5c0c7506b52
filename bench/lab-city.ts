import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { heldSeats } from "./held-seats";
import { plainCatania } from "./plain-catania";

const DIRECTORATE = "affari-generali";
const ASSIGNMENTS = "catania.assignments.csv";
const NETWORK = {
  switch: { name: "dvs-bench", adapters: ["vmnic2"] },
  segments: [
    { name: "desktops", zone: "desktops", vlan: 880, subnet: "10.88.0.0/16" },
    { name: "management", zone: "management", vlan: 898, subnet: "10.87.254.0/24" },
  ],
  outside: [{ name: "administrators", ranges: ["10.86.250.0/28"] }],
  management: { from: "administrators", to: "management", ports: ["tcp/22"] },
};

const SCRAPES = {
  ...{ id: "monitoring", from: "management", to: "desktops", ports: ["tcp/9182"] },
  ...{ owner: "Bench", purpose: "figures of the desktops", ticket: "BENCH-1", until: "2027-12-31" },
};

/** A pool of a benchmark's city; other settings are those of Catania's offices. */
export interface LabPool {
  /** Name of the pool. */
  readonly name: string;
  /** Short code in its seats' names. */
  readonly code: string;
  /** How many seats it has. */
  readonly seats: number;
  /** Whether a seat belongs to a person. */
  readonly assignment: "dedicated" | "floating";
  /** Version of the image. @default - Catania's, the older of two */
  readonly imageVersion?: string;
  /** Numbers of retired seats. */
  readonly retired?: readonly number[];
  /** Numbers of dedicated seats that follow the image. */
  readonly replace?: readonly number[];
  /** Existing machines, by the number of the seat. */
  readonly adopt?: readonly { readonly seat: number; readonly machine: string }[];
  /** Name of its cluster. @default - that of Catania's offices */
  readonly cluster?: string;
  /** A rollout of a new version. */
  readonly rollout?: object;
}

/** The city of a benchmark that deploys. */
export interface LabCity {
  /** Its pools. */
  readonly pools: readonly LabPool[];
  /** Seats in one stack, at most 1000. */
  readonly seatsPerStack: number;
  /** Whether every dedicated seat has a holder. @default false */
  readonly held?: boolean;
  /** How many hosts each cluster has. @default - as many as Catania's */
  readonly hosts?: number;
  /** Whether Prometheus asks the seats. @default false */
  readonly monitored?: boolean;
}

interface Editable {
  city: { code: string };
  platform: { clusters: { name: string; hosts: string[] }[]; datastores: { name: string; cluster: string }[] };
  directorates: { id: string; staff: number }[];
  pools: { directorate: string }[];
  secrets: { ci: object };
  monitoring: object;
}

/** A city with a pool for each number of seats, each of them one stack, `catania-desktops-seats-<number>-01`. */
export function stackOfEach(sizes: readonly number[]): LabCity {
  const pools = sizes.map((seats): LabPool => ({
    name: `seats-${String(seats)}`,
    code: `s${String(seats)}`,
    ...{ seats, assignment: "floating" },
  }));
  return { pools, seatsPerStack: Math.max(...sizes) };
}

/** Writes a city's file into a folder: Catania with these pools alone, in one segment, with ample capacity. */
export function writeLabCity(
  folder: string,
  { pools, seatsPerStack, hosts, held = false, monitored = false }: LabCity,
): void {
  const { platform, monitoring, ...city } = plainCatania() as Editable;
  const kind = city.pools.find(({ directorate }) => directorate === DIRECTORATE);
  const text = stringify(
    {
      ...city,
      platform: { ...platform, ...unbounded(platform, hosts), seatsPerStack },
      directorates: city.directorates.map((directorate) => ({ ...directorate, staff: 20_000 })),
      network: monitored ? { ...NETWORK, flows: [SCRAPES] } : NETWORK,
      monitoring: monitored ? monitoring : undefined,
      pools: pools.map((pool) => ({ ...kind, applications: [], segment: "desktops", ...pool })),
      ...{ applications: [], emergency: {}, assignments: held ? ASSIGNMENTS : undefined },
      secrets: { ci: city.secrets.ci },
    },
    { aliasDuplicateObjects: false },
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "catania.yaml"), text);
  const dedicated = pools.filter(({ assignment }) => assignment === "dedicated");
  const people = dedicated.map((pool) => ({ ...pool, directorate: DIRECTORATE }));
  writeFileSync(join(folder, ASSIGNMENTS), heldSeats(city.city.code, people));
}

function unbounded({ clusters, datastores }: Editable["platform"], count?: number): Editable["platform"] {
  const named = (cluster: string): string[] =>
    Array.from({ length: count ?? 0 }, (_, index) => `esx-${String(index + 1)}.${cluster}.example`);
  return {
    clusters: clusters.map(({ name, hosts }) => ({ name, hosts: count === undefined ? hosts : named(name) })),
    datastores: datastores.map(({ name, cluster }) => ({ name, cluster })),
  };
}
