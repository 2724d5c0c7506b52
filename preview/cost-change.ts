import { costsOf, totalCost } from "../environments/capacity/cost";
import type { Cost } from "../environments/capacity/cost";
import type { DeployedCity } from "../environments/model/city";

const MONTHS = 12;

/** The change of costs, each version of the file with its own price list. Amounts are in euro. */
export interface CostChange {
  /** Changed monthly costs by pool; the gateways as null. */
  readonly parts: readonly CostPart[];
  /** The whole city's monthly cost; null where that version has no price list. */
  readonly before: number | null;
  /** The same afterwards. */
  readonly after: number | null;
  /** Its share of the project's funding; null where the file has no funded project. */
  readonly funding: FundingShare | null;
}

/**
 * Monthly cost of a pool or of the gateways, in euro; null where it does not exist, or that version has no price list.
 */
export interface CostPart {
  /** Name of the pool; null for the gateways. */
  readonly pool: string | null;
  /** In euro a month, before. */
  readonly before: number | null;
  /** In euro a month, after. */
  readonly after: number | null;
}

/** A year's cost compared with the project's funding. */
export interface FundingShare {
  /** The project's CUP; null where none is published. */
  readonly cup: string | null;
  /** The admitted amount, or the programmed one where none is admitted yet. */
  readonly amount: number;
  /** Percent of it that a year costs afterwards; null without a price list. */
  readonly percentAYear: number | null;
  /** The part of the binding amount that is not paid out; null where the file does not say. */
  readonly unpaid: number | null;
}

/** Compares the costs of two versions of a city's file; null where neither has a price list, or no cost changes. */
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

function fundingShare({ project }: DeployedCity, perMonth: number | undefined): FundingShare | null {
  if (project?.funding === undefined) return null;
  const { admitted, programmed, binding, paid } = project.funding;
  const amount = admitted ?? programmed;
  return {
    cup: project.cup ?? null,
    amount,
    percentAYear: perMonth === undefined || amount === 0 ? null : (100 * MONTHS * perMonth) / amount,
    unpaid: binding === undefined || paid === undefined ? null : Math.round((binding - paid) * 100) / 100,
  };
}
