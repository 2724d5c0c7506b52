import { costsOf, totalCost } from "../environments/capacity/cost";
import type { Cost } from "../environments/capacity/cost";
import type { DeployedCity } from "../environments/model/city";

const MONTHS = 12;

/** What a change costs, each version of the file by its own price list. Amounts are in euro. */
export interface CostChange {
  /** What changes, a month: pools by name, and the gateways as null. */
  readonly parts: readonly CostPart[];
  /** The whole city a month; null where that version has no price list. */
  readonly before: number | null;
  /** The same afterwards. */
  readonly after: number | null;
  /** What that is of the project's funding. */
  readonly funding: FundingShare;
}

/** What a pool or the gateways cost, in euro a month; null where it is not there, or that version has no price list. */
export interface CostPart {
  /** Name of the pool; null for the gateways. */
  readonly pool: string | null;
  /** In euro a month. */
  readonly before: number | null;
  /** In euro a month. */
  readonly after: number | null;
}

/** A year's cost against the project's funding. */
export interface FundingShare {
  /** The project's CUP; null where none is published. */
  readonly cup: string | null;
  /** The amount admitted, or programmed where none is admitted yet. */
  readonly amount: number;
  /** Percent of it that a year costs afterwards; null where no price list says. */
  readonly percentAYear: number | null;
  /** What of the binding amount is not paid out; null where the file does not say. */
  readonly unpaid: number | null;
}

/** Compares what two versions of a city's file cost; null where neither has a price list, or nothing costs more or less. */
export function costChange(base: DeployedCity, wanted: DeployedCity): CostChange | null {
  const [before, after] = [costsOf(base), costsOf(wanted)];
  const parts = changedParts(before ?? [], after ?? []);
  if (parts.length === 0) return null;
  const [old, fresh] = [before && totalCost(before), after && totalCost(after)];
  return { parts, before: old ?? null, after: fresh ?? null, funding: fundingShare(wanted, fresh) };
}

function changedParts(before: readonly Cost[], after: readonly Cost[]): CostPart[] {
  const [old, fresh] = [byPool(before), byPool(after)];
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((pool) => ({ pool, before: old.get(pool) ?? null, after: fresh.get(pool) ?? null }))
    .filter((part) => part.before !== part.after);
}

function byPool(costs: readonly Cost[]): Map<string | null, number> {
  return new Map(costs.map(({ pool, perMonth }) => [pool, perMonth]));
}

function fundingShare({ project }: DeployedCity, perMonth: number | undefined): FundingShare {
  const { admitted, programmed, binding, paid } = project.funding;
  const amount = admitted ?? programmed;
  return {
    cup: project.cup ?? null,
    amount,
    percentAYear: perMonth === undefined || amount === 0 ? null : (100 * MONTHS * perMonth) / amount,
    unpaid: binding === undefined || paid === undefined ? null : Math.round((binding - paid) * 100) / 100,
  };
}
