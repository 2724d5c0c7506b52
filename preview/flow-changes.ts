import type { DeployedCity } from "../environments/model/city";
import { networkPlan } from "../environments/network/network-plan";
import { difference } from "../segmentation/difference";
import type { ReachChange } from "../segmentation/difference";
import { matrixRules } from "../segmentation/matrix";
import type { MatrixRule } from "../segmentation/matrix";
import type { NetworkPlan } from "../segmentation/plan";

/** A rule of the network that came, went or was changed. */
export interface RuleChange {
  /** Its id. */
  readonly id: string;
  /** As it was; null where it is new. */
  readonly before: MatrixRule | null;
  /** As it will be; null where it goes. */
  readonly after: MatrixRule | null;
}

/** How a change of the file changes who reaches whom. */
export interface NetworkChange {
  /** Rules that came, went or were changed. */
  readonly rules: readonly RuleChange[];
  /** What passes afterwards and did not before, and the other way round, whatever the rules say. */
  readonly reachChanges: readonly ReachChange[];
}

/** Compares what two versions of a city's file let pass, as the analysis has it. */
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
