import { cidrsOf } from "./address";
import { subtract } from "./box";
import type { Region } from "./box";
import type { Intervals } from "./intervals";
import { MANAGEMENT_PATH, withSubnets } from "./plan";
import type { NetworkPlan, Rule } from "./plan";
import { intervals } from "./intervals";
import { intervalsOf } from "./runs";
import { ANY_PORT, portTexts } from "./ports";
import type { Reach, PermittedFlow } from "./reach";

/** What a rule does now: the management path and flows open, what an emergency prepared waits, a block closes. */
export type RuleState = "management" | "open" | "prepared" | "block";

/** One end of a rule. */
export interface MatrixEnd {
  /** Its name in the file. */
  readonly name: string;
  /** Its addresses in CIDR notation; of whole segments, their subnets. `any` where it is everything. */
  readonly addresses: readonly string[];
}

/** One rule of the matrix. */
export interface MatrixRule {
  /** Its id, unique in the city. */
  readonly id: string;
  readonly state: RuleState;
  readonly from: MatrixEnd;
  readonly to: MatrixEnd;
  /** As a file has them; `any` where it is everything. */
  readonly ports: readonly string[];
  /** Empty for the management path, which has no end. */
  readonly owner: string;
  /** What it is for. */
  readonly purpose: string;
  /** The ticket that allowed it; empty where there is none. */
  readonly ticket: string;
  /** Its last day; empty where it has no end. */
  readonly until: string;
}

/** What passes from one place to another. */
export interface MatrixCell {
  /** A segment or a network outside. */
  readonly from: string;
  readonly to: string;
  readonly ways: readonly MatrixFlow[];
}

/** One way from one place to another. */
export interface MatrixFlow {
  /** Id of the flow; `layer 2` where no firewall sees it. */
  readonly by: string;
  readonly ports: readonly string[];
  /** Whether it is open between only some of the addresses of the two places, such as a service's. */
  readonly partial: boolean;
}

/** Every rule: the management path, the blocks, and the openings by their ids. */
export function matrixRules(plan: NetworkPlan): MatrixRule[] {
  const management = plan.openings.filter(({ id }) => id === MANAGEMENT_PATH);
  const openings = plan.openings.filter(({ id }) => id !== MANAGEMENT_PATH);
  return [
    ...management.map((rule) => matrixRule(plan, rule, "management")),
    ...plan.blocks.map((rule) => matrixRule(plan, rule, "block")),
    ...openings.map((rule) => matrixRule(plan, rule, rule.active ? "open" : "prepared")),
  ];
}

/** Every pair of places between which something passes now, in the order of the file; everything else is closed. */
export function matrixCells(reach: Reach): MatrixCell[] {
  const places = placesOf(reach);
  return places.flatMap((from) =>
    places.flatMap((to) => {
      const ways = reach.waysOf(reach.between(from, to, ["any"])).map((way) => matrixWay(reach, from, to, way));
      return ways.length === 0 ? [] : [{ from, to, ways }];
    }),
  );
}

/** Names of the places that a matrix has: segments with machines, and networks outside, in the order of the file. */
export function placesOf({ plan: { segments, outside } }: Reach): string[] {
  return [...segments.filter(({ machines }) => !machines.isEmpty).map(({ name }) => name), ...outside];
}

function matrixRule(plan: NetworkPlan, rule: Rule, state: RuleState): MatrixRule {
  const { owner = "", purpose = "", ticket = "", until = "" } = rule.accountability ?? {};
  return {
    id: rule.id,
    state,
    from: { name: rule.fromName, addresses: addressTexts(plan, rule.fromName, rule.from) },
    to: { name: rule.toName, addresses: addressTexts(plan, rule.toName, rule.to) },
    ports: rule.ports.contains(ANY_PORT) ? ["any"] : portTexts(rule.ports),
    ...{ owner, purpose, ticket, until },
  };
}

function addressTexts(plan: NetworkPlan, name: string, addresses: Intervals): string[] {
  return name === "any" ? ["any"] : cidrsOf(withSubnets(plan, addresses));
}

function matrixWay(reach: Reach, from: string, to: string, { rule, packets }: PermittedFlow): MatrixFlow {
  const ports = portsOf(packets);
  const partial = subtract(reach.between(from, to, ports), packets).length > 0;
  return { by: rule ?? "layer 2", ports, partial: partial };
}

/** The ports of some packets, as a file has them; `any` where it is every one. */
export function portsOf(packets: Region): string[] {
  const ports = intervals(packets.flatMap((box) => intervalsOf(box.ports)));
  return ports.contains(ANY_PORT) ? ["any"] : portTexts(ports);
}
