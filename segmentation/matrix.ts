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

/** State of a rule now: the management path and flows are open, a flow of an emergency is prepared, a block closes. */
export type RuleState = "management" | "open" | "prepared" | "block";

/** An end of a rule in the matrix. */
export interface MatrixEnd {
  /** Its name in the file. */
  readonly name: string;
  /** Addresses in CIDR notation; for whole segments, their subnets. `any` for all. */
  readonly addresses: readonly string[];
}

/** One rule of the matrix. */
export interface MatrixRule {
  /** Its id, unique in the city. */
  readonly id: string;
  readonly state: RuleState;
  readonly from: MatrixEnd;
  readonly to: MatrixEnd;
  /** Ports as in a file; `any` for all. */
  readonly ports: readonly string[];
  /** Empty for the management path, which does not expire. */
  readonly owner: string;
  /** What it is for. */
  readonly purpose: string;
  /** The ticket of its approval; empty without one. */
  readonly ticket: string;
  /** Its last day; empty where it does not expire. */
  readonly until: string;
}

/** What passes between two places. */
export interface MatrixCell {
  /** A segment or a network outside. */
  readonly from: string;
  readonly to: string;
  readonly ways: readonly MatrixFlow[];
}

/** A flow between two places. */
export interface MatrixFlow {
  /** Id of the flow; `layer 2` where it passes no firewall. */
  readonly by: string;
  readonly ports: readonly string[];
  /** Whether it is open only for some of the addresses of the two places, such as a service's. */
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

/** Every pair of places between which something passes now, in the order of the file; all others are closed. */
export function matrixCells(reach: Reach): MatrixCell[] {
  const places = placesOf(reach);
  return places.flatMap((from) =>
    places.flatMap((to) => {
      const ways = reach.waysOf(reach.between(from, to, ["any"])).map((way) => matrixWay(reach, from, to, way));
      return ways.length === 0 ? [] : [{ from, to, ways }];
    }),
  );
}

/** The places of the matrix: segments with machines and networks outside, in the order of the file. */
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

/** The ports of packets as in a file; `any` for all. */
export function portsOf(packets: Region): string[] {
  const ports = intervals(packets.flatMap((box) => intervalsOf(box.ports)));
  return ports.contains(ANY_PORT) ? ["any"] : portTexts(ports);
}
