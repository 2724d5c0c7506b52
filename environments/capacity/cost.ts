import type { City } from "../model/city";
import type { Prices } from "../model/prices";
import { loadsOf } from "./loads";
import type { Load } from "./loads";

const CENTS = 100;

/** What the machines of a pool, or the gateways, cost. */
export interface Cost {
  /** Name of the pool, or null for the gateways. */
  readonly pool: string | null;
  /** In euro a month, by the city's price list. */
  readonly perMonth: number;
}

/** What every machine of a city's file costs, pool by pool; undefined where the file has no price list. */
export function costsOf(city: City): Cost[] | undefined {
  const { prices } = city;
  if (prices === undefined) return undefined;
  const costs = new Map<string | null, number>();
  for (const load of loadsOf(city)) {
    const pool = load.pool ?? null;
    costs.set(pool, (costs.get(pool) ?? 0) + load.machines * costOfOne(load, prices));
  }
  return [...costs].map(([pool, perMonth]) => ({ pool, perMonth: rounded(perMonth) }));
}

/** The sum of costs, in euro a month. */
export function totalCost(costs: readonly Cost[]): number {
  return rounded(costs.reduce((sum, { perMonth }) => sum + perMonth, 0));
}

function costOfOne({ pool, vgpuProfile, each }: Load, { cpu, memoryGib, diskGib, seat, vgpus }: Prices): number {
  const taken = each.cpus * cpu + each.memoryGib * memoryGib + each.diskGib * diskGib;
  const vgpu = vgpuProfile === undefined ? 0 : (vgpus[vgpuProfile] ?? 0);
  return taken + vgpu + (pool === undefined ? 0 : seat);
}

function rounded(euro: number): number {
  return Math.round(euro * CENTS) / CENTS;
}
