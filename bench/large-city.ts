import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { REPOSITORY } from "../runtime/paths";
import { heldSeats } from "./held-seats";

/** Large enough that the cluster of 30,000 seats has no more than the 64 hosts that vSphere 7 allows. */
const HOST = { hostCores: 512, hostMemoryGib: 16_384 };
const SEATS_PER_HOST = 500;
const SPARE_HOSTS = 2;
const DISK_GIB = 200;

/** Size of a city. */
export interface CitySize {
  /** Desktop pools, at most 20. */
  readonly pools: number;
  /** Seats of each pool, at most 7,500. */
  readonly seatsPerPool: number;
}

interface Kind {
  readonly name: string;
  readonly code: string;
  readonly directorate: string;
  readonly segment: string;
  readonly assignment: string;
  readonly hostGroup?: string;
  readonly antiAffinity?: boolean;
  readonly flows?: readonly { readonly id: string }[];
}

interface Pool extends Kind {
  readonly cluster: string;
  readonly seats: number;
}

interface Editable {
  city: { code: string };
  platform: object;
  directorates: object[];
  pools: Kind[];
  network: { segments: { name: string }[]; gateway: object };
  emergency: object;
  monitoring: { serviceLevels?: object | undefined };
  secrets: { accounts: object; ssh: { roles: { machines: string[] }[] } };
  assignments: string;
}

/**
 * Writes a city's file and its assignments into a folder: Milan's with more pools, copies of its own kinds, each kind
 * in its own cluster. Every dedicated seat has a holder. The same size gives the same bytes.
 */
export function writeLargeCity(folder: string, size: CitySize): void {
  const city = parse(readFileSync(join(REPOSITORY, "environments", "milan.yaml"), "utf8")) as Editable;
  const kinds = city.pools.filter(({ antiAffinity }) => antiAffinity !== true);
  const pools = Array.from({ length: size.pools }, (_, index) => pool(kinds, index, size.seatsPerPool));
  const seats = Math.ceil(size.pools / kinds.length) * size.seatsPerPool;
  const clusters = kinds.map((kind) => cluster(kind, seats));
  city.platform = { ...city.platform, clusters, datastores: kinds.map((kind) => datastore(kind, seats)) };
  city.directorates = city.directorates.map((directorate) => ({ ...directorate, staff: size.pools * seats }));
  city.network.segments = city.network.segments.map((segment) => ({ ...segment, ...wider(kinds, segment.name) }));
  // Quiet desktops: one pair would be too small for so many others.
  const load = { connections: 20, newConnections: 0.5, packets: 20 };
  city.network.gateway = { ...city.network.gateway, load, clusters: clusters.slice(0, 2).map(({ name }) => name) };
  city.emergency = { ...city.emergency, surge: [] };
  city.monitoring = { ...city.monitoring, serviceLevels: undefined };
  city.secrets = { ...city.secrets, ...secretsOf(city.secrets, pools) };
  const dedicated = pools.filter(({ assignment }) => assignment === "dedicated");
  writeFileSync(join(folder, city.assignments), heldSeats(city.city.code, dedicated));
  writeFileSync(join(folder, "milan.yaml"), stringify({ ...city, pools }, { aliasDuplicateObjects: false }));
}

function pool(kinds: readonly Kind[], index: number, seats: number): Pool {
  const kind = kinds[index % kinds.length];
  if (kind === undefined) throw new Error("milan.yaml has no pool to copy");
  const copy = String(Math.floor(index / kinds.length) + 1);
  const flows = (kind.flows ?? []).map((flow) => ({ ...flow, id: `${flow.id}-${copy}` }));
  const own = { name: `${kind.name}-${copy}`, code: `${kind.code}${copy}`, flows, waves: [] };
  return { ...kind, ...own, cluster: clusterName(kind), seats };
}

/**
 * An account for each pool, and certificates for the first copy of each kind; the expectations are on Milan's own
 * pools.
 */
function secretsOf({ accounts, ssh }: Editable["secrets"], pools: readonly Pool[]): Editable["secrets"] {
  const rotated = pools.map(({ name, code }) => ({
    ...{ name: `join-${code}`, username: `svc-join-${code}`, dn: `CN=svc-join-${code},DC=milano,DC=example` },
    ...{ rotateEveryHours: 168, joins: [name] },
  }));
  const roles = ssh.roles.map((role) => ({
    ...role,
    machines: role.machines.map((machines) => (machines.startsWith("pools/") ? `${machines}-1` : machines)),
  }));
  return {
    ...{ values: [], mustRead: [], mustNotRead: [] },
    ...{ accounts: { ...accounts, rotated }, ssh: { roles } },
  };
}

function clusterName({ code }: Kind): string {
  return `milano-vdi-${code}`;
}

function cluster(kind: Kind, seats: number): { name: string } {
  const count = Math.ceil(seats / SEATS_PER_HOST) + SPARE_HOSTS;
  const hosts = Array.from({ length: count }, (_, index) => `esx-${kind.code}${String(index)}.comune.milano.example`);
  const vgpus = [{ profile: "grid_a16-2q", perHost: 1024 }];
  const hostGroups = kind.hostGroup === undefined ? [] : [{ name: kind.hostGroup, vgpus, hosts }];
  const sized = { ...HOST, hosts, hostGroups };
  return { name: clusterName(kind), ...sized };
}

function datastore(kind: Kind, seats: number): object {
  return { name: `vsan-vdi-${kind.code}`, cluster: clusterName(kind), capacityGib: seats * DISK_GIB, overcommit: 2 };
}

/** Addresses for 32,000 seats for a segment with pools; no change for any other. */
function wider(kinds: readonly Kind[], name: string): object {
  const index = kinds.findIndex(({ segment }) => segment === name);
  if (index < 0) return {};
  const network = `10.${String(30 + index)}`;
  return { subnet: `${network}.0.0/17`, dhcp: { first: `${network}.0.10`, last: `${network}.127.250` } };
}
