import type { GatewayTables } from "../../segmentation/gateway";
import { QUEUE_MIB, tablesMib } from "../../segmentation/render/gateway-tables";
import type { City } from "../model/city";
import type { Gateway } from "../model/gateway";
import { hostedName } from "../seats/hosting";
import { surgeName } from "../seats/surge";

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

/** The seats behind a city's gateways, during an emergency too, so that its beginning restarts no gateway. */
export function seatsBehind({ pools, emergency, network }: City): number {
  const made = new Set([...emergency.surge.map(surgeName), ...emergency.hosting.map(hostedName)]);
  const external = new Set(network.segments.filter((segment) => segment.external).map(({ name }) => name));
  const own = pools.filter(({ name, segment }) => !made.has(name) && !external.has(segment));
  return [
    ...own.filter(({ decommissioned }) => !decommissioned),
    ...emergency.surge.filter(({ hostedBy }) => hostedBy === undefined),
    ...emergency.hosting,
  ].reduce((sum, { seats }) => sum + seats, 0);
}

/** The sizes of the kernel's tables: powers of two, so that few more seats change nothing on the gateways. */
export function gatewayTables(city: City, { load }: Gateway): GatewayTables {
  const seats = seatsBehind(city);
  return {
    neighbours: powerOfTwo(seats * NEIGHBOURS_A_SEAT + OTHER_NEIGHBOURS),
    connections: Math.max(FEWEST_CONNECTIONS, powerOfTwo(seats * load.connections)),
  };
}

/** What each gateway has: as the file says, otherwise what the seats need. */
export function gatewaySize(city: City, gateway: Gateway): GatewaySize {
  const cpus = gateway.cpus ?? Math.max(USUAL_CPUS, neededCpus(city, gateway));
  const memoryGib = gateway.memoryGib ?? Math.max(USUAL_MEMORY_GIB, neededMemoryGib(city, gateway, cpus));
  return { cpus, memoryGib, cpuReservationMhz: gateway.cpuReservationMhz ?? cpus * MHZ_A_CPU };
}

/** CPUs for the packets and new connections of all seats, 1 at least. An adapter has as many queues as the CPUs' power of two. */
export function neededCpus(city: City, { load }: Gateway): number {
  const seats = seatsBehind(city);
  const needed = (seats * load.packets) / PER_CPU.packets + (seats * load.newConnections) / PER_CPU.newConnections;
  return powerOfTwo(needed);
}

/** Memory for the system, full tables, and the receive buffers of every adapter's queues, in GiB. */
export function neededMemoryGib(city: City, gateway: Gateway, cpus: number): number {
  const legs = new Set(city.network.segments.filter(({ external }) => !external).map(({ vlan }) => vlan)).size;
  const mib = SYSTEM_MIB + tablesMib(gatewayTables(city, gateway)) + legs * cpus * QUEUE_MIB;
  return Math.ceil(mib / MIB_PER_GIB);
}

/** The least power of two that is not below a number. */
function powerOfTwo(number: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}
