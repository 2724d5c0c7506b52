import type { GatewayTables } from "../../segmentation/gateway";
import { QUEUE_MIB, tablesMib } from "../../segmentation/render/gateway-tables";
import type { City } from "../model/city";
import { hostedName } from "../seats/hosting";
import { surgeName } from "../seats/surge";
import { legsOf } from "./gateway-pairs";
import type { GatewayPair } from "./gateway-pairs";

/**
 * What one CPU forwards a second through Milan's whole ruleset, at least: `npm run bench -- gateway-load`, whose figures
 * are of a slow core that did the senders' and receivers' work too.
 */
export const PER_CPU = { packets: 200_000, newConnections: 50_000 } as const;

/** Servers, printers and routers beside the seats, in the neighbour table. */
const OTHER_NEIGHBOURS = 1024;
/** An IPv4 address of a seat, or its link-local and its global IPv6 address. */
const NEIGHBOURS_A_SEAT = 2;
/** The kernel's own choice for a machine of 4 GiB. */
const FEWEST_CONNECTIONS = 65_536;
/** Of a pair that the file says nothing about. */
const [USUAL_CPUS, USUAL_MEMORY_GIB] = [2, 4];
/** Debian with its programs, and their buffers. */
const SYSTEM_MIB = 1024;
const MIB_PER_GIB = 1024;
/** A core of no current server is slower. */
const MHZ_A_CPU = 2000;

/** What each gateway of a pair has. */
export interface GatewaySize {
  /** Virtual CPUs. */
  readonly cpus: number;
  /** Memory, in GiB. */
  readonly memoryGib: number;
  /** Reserved clock of all its CPUs, in MHz. */
  readonly cpuReservationMhz: number;
}

/** The seats behind a pair, during an emergency too, so that its beginning restarts no gateway. */
export function seatsBehind({ pools, emergency, network }: City, pair: GatewayPair): number {
  const made = new Set([...emergency.surge.map(surgeName), ...emergency.hosting.map(hostedName)]);
  const behind = network.segments.filter(({ external, vlan }) => !external && pair.vlans.has(vlan));
  const names = new Set(behind.map(({ name }) => name));
  const segmentOf = new Map(pools.map(({ name, segment }) => [name, segment]));
  const surges = emergency.surge.filter(({ hostedBy }) => hostedBy === undefined);
  return [
    ...pools.filter(({ name, decommissioned }) => !made.has(name) && !decommissioned),
    ...surges.map(({ pool, seats }) => ({ segment: segmentOf.get(pool) ?? "", seats })),
    ...emergency.hosting,
  ]
    .filter(({ segment }) => names.has(segment))
    .reduce((sum, { seats }) => sum + seats, 0);
}

/** The sizes of the kernel's tables: powers of two, so that few more seats change nothing on the gateways. */
export function gatewayTables(city: City, pair: GatewayPair): GatewayTables {
  const seats = seatsBehind(city, pair);
  return {
    neighbours: powerOfTwo(seats * NEIGHBOURS_A_SEAT + OTHER_NEIGHBOURS),
    connections: Math.max(FEWEST_CONNECTIONS, powerOfTwo(seats * pair.load.connections)),
  };
}

/** What each gateway has: as the file says, otherwise what the seats need. */
export function gatewaySize(city: City, pair: GatewayPair): GatewaySize {
  const cpus = pair.cpus ?? Math.max(USUAL_CPUS, neededCpus(city, pair));
  const memoryGib = pair.memoryGib ?? Math.max(USUAL_MEMORY_GIB, neededMemoryGib(city, pair, cpus));
  return { cpus, memoryGib, cpuReservationMhz: pair.cpuReservationMhz ?? cpus * MHZ_A_CPU };
}

/** CPUs for the packets and new connections of all seats, 1 at least. An adapter has as many queues as the CPUs' power of two. */
export function neededCpus(city: City, pair: GatewayPair): number {
  const seats = seatsBehind(city, pair);
  const needed =
    (seats * pair.load.packets) / PER_CPU.packets + (seats * pair.load.newConnections) / PER_CPU.newConnections;
  return powerOfTwo(needed);
}

/** Memory for the system, full tables, and the receive buffers of every adapter's queues, in GiB. */
export function neededMemoryGib(city: City, pair: GatewayPair, cpus: number): number {
  const legs = new Set(legsOf(city, pair).map(({ vlan }) => vlan)).size;
  const mib = SYSTEM_MIB + tablesMib(gatewayTables(city, pair)) + legs * cpus * QUEUE_MIB;
  return Math.ceil(mib / MIB_PER_GIB);
}

/** The least power of two that is not below a number. */
function powerOfTwo(number: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}
