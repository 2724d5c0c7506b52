import type { ApplyStep } from "../preview/apply-order";
import { shardCount } from "../environments/seats/seats";

/** A city of the simulation. */
export interface FleetCity {
  readonly id: string;
  readonly seats: number;
  /** Its stacks, each after those that it stands on, as applyOrder gives them. */
  readonly stacks: readonly ApplyStep[];
  /** Seats of a stack, by its name; none of one without machines. */
  readonly seatsOf: ReadonlyMap<string, number>;
}

const [POOLS, SEATS_PER_STACK] = [4, 250];
/** The larger it is, the more alike the cities are: with 8 the largest has a sixteenth of all seats. */
const EVENNESS = 8;
/** vSphere 8's maximum of machines that run in one vCenter (configmax.broadcom.com, "vCenter Server Scalability"). */
const MOST_MACHINES = 40_000;

/** Cities of falling size with so many seats together, each with four pools, a pair of gateways and secrets. */
export function fleet(cities: number, seats: number): FleetCity[] {
  const weights = Array.from({ length: cities }, (_, index) => 1 / (index + EVENNESS));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let left = seats;
  return weights.map((weight, index) => {
    const own = index === cities - 1 ? left : Math.min(left, Math.round((seats * weight) / all));
    left -= own;
    return fleetCity(`city-${String(index + 1)}`, own);
  });
}

function fleetCity(id: string, seats: number): FleetCity {
  const [foundation, network] = [`${id}-foundation`, `${id}-network`];
  const on = [foundation, network];
  const [first, second] = [`${id}-gateway-a`, `${id}-gateway-b`];
  const shards = Array.from({ length: POOLS }, (_, pool) => pool + 1).flatMap((pool) => shardsOf(id, pool, seats));
  return {
    ...{ id, seats, seatsOf: new Map(shards) },
    stacks: [
      { stack: foundation, after: [] },
      { stack: `${id}-secrets`, after: [] },
      { stack: network, after: [foundation] },
      { stack: first, after: on },
      { stack: second, after: [...on, first] },
      ...shards.map(([stack]) => ({ stack, after: on })),
    ],
  };
}

/** Pools of nearly one size. */
function shardsOf(id: string, pool: number, seats: number): [string, number][] {
  const own = Math.floor(seats / POOLS) + (pool <= seats % POOLS ? 1 : 0);
  return Array.from({ length: shardCount(own, SEATS_PER_STACK) }, (_, shard) => [
    `${id}-desktops-p${String(pool)}-${String(shard + 1).padStart(2, "0")}`,
    Math.min(SEATS_PER_STACK, own - shard * SEATS_PER_STACK),
  ]);
}

/** Cities that share a vCenter, as many in each as run in one. */
export function vcenters(cities: readonly FleetCity[]): FleetCity[][] {
  const all: FleetCity[][] = [];
  for (const city of cities) {
    const fitting = all.find((some) => seatsIn(some) + city.seats <= MOST_MACHINES);
    if (fitting === undefined) all.push([city]);
    else fitting.push(city);
  }
  return all;
}

function seatsIn(cities: readonly FleetCity[]): number {
  return cities.reduce((sum, { seats }) => sum + seats, 0);
}
