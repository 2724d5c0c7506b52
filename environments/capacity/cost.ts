import type { City } from "../model/city";
import type { Prices } from "../model/prices";
import { loadsOf } from "./loads";
import type { Load } from "./loads";

const CENTS = 100;

/** Cost of a pool's machines, or of the gateways. */
export interface Cost {
  /** Name of the pool, or null for the gateways. */
  readonly pool: string | null;
  /** Euro a month, by the city's price list. */
  readonly perMonth: number;
}

/** Cost of all machines in a city's file, by pool; undefined without a price list. */
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

/** Sum in euro a month. */
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
