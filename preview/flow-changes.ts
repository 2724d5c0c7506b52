import type { DeployedCity } from "../environments/model/city";
import { networkPlan } from "../environments/network/network-plan";
import { difference } from "../segmentation/difference";
import type { ReachChange } from "../segmentation/difference";
import { matrixRules } from "../segmentation/matrix";
import type { MatrixRule } from "../segmentation/matrix";
import type { NetworkPlan } from "../segmentation/plan";

/** A network rule that was added, removed or changed. */
export interface RuleChange {
  /** Its id. */
  readonly id: string;
  /** Null for a new rule. */
  readonly before: MatrixRule | null;
  /** Null for a removed rule. */
  readonly after: MatrixRule | null;
}

/** The change of a city's network. */
export interface NetworkChange {
  /** Rules that were added, removed or changed. */
  readonly rules: readonly RuleChange[];
  /** Packets that pass only before or only after, whatever the rules say. */
  readonly reachChanges: readonly ReachChange[];
}

/** Compares the reachability of two versions of a city's file. */
export function networkChange(base: DeployedCity, wanted: DeployedCity): NetworkChange {
  const [before, after] = [networkPlan(base), networkPlan(wanted)];
  return { rules: ruleChanges(before, after), reachChanges: difference(before, after) };
}

function ruleChanges(base: NetworkPlan, wanted: NetworkPlan): RuleChange[] {
  const [before, after] = [byId(base), byId(wanted)];
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids
    .map((id) => ({ id, before: before.get(id) ?? null, after: after.get(id) ?? null }))
    .filter(({ before: old, after: fresh }) => JSON.stringify(old) !== JSON.stringify(fresh));
}

function byId(plan: NetworkPlan): Map<string, MatrixRule> {
  return new Map(matrixRules(plan).map((rule) => [rule.id, rule]));
}
