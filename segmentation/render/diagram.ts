import type { Edge } from "@viz-js/viz";
import type { MatrixRule } from "../matrix";
import { ANY } from "../reach";
import { arrowBetween, drawn, MOST_ARROWS, zoneOf } from "./diagram-places";
import type { DiagramPlaces } from "./diagram-places";

/** The input of a network's diagram. */
export interface DiagramSource extends DiagramPlaces {
  readonly rules: readonly MatrixRule[];
}

/** Maximum number of rules in a label. */
const MOST_NAMES = 6;
const STROKES: Readonly<Record<MatrixRule["state"], Readonly<Record<string, string>>>> = {
  management: { color: "#6d28d9", fontcolor: "#6d28d9" },
  open: { color: "#15803d", fontcolor: "#14532d" },
  prepared: { color: "#b45309", fontcolor: "#92400e", style: "dashed" },
  block: { color: "#b91c1c", fontcolor: "#991b1b", arrowhead: "tee" },
};

/**
 * The segments and rules of a network as an SVG diagram, with an arrow for each pair of ends and the rules between
 * them. The same source gives the same bytes.
 */
export function diagram(source: DiagramSource): Promise<string> {
  return drawn(source, arrows(source), namesEverything(source.rules));
}

/** Whether a rule has `any` as an end, as a block may. */
export function namesEverything(rules: readonly MatrixRule[]): boolean {
  return rules.some(({ from, to }) => from.name === ANY || to.name === ANY);
}

/** Rules between one pair of ends in the same state. */
interface Group {
  readonly from: string;
  readonly to: string;
  readonly state: MatrixRule["state"];
  readonly rules: MatrixRule[];
}

/** One arrow for each pair of ends and state, with the rules' ids. */
function arrows(source: DiagramSource): Edge[] {
  const between = grouped(source.rules, (name) => name);
  const groups = between.length > MOST_ARROWS ? grouped(source.rules, (name) => zoneOf(source, name)) : between;
  return groups.flatMap((group) => arrow(source, group));
}

function grouped(rules: readonly MatrixRule[], end: (name: string) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const rule of rules) {
    for (const name of rule.from.name.split(", ")) {
      const [from, to, { state }] = [end(name), end(rule.to.name), rule];
      const key = JSON.stringify([from, to, state]);
      const group = groups.get(key) ?? { from, to, state, rules: [] };
      group.rules.push(rule);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

function arrow(source: DiagramSource, { from, to, state, rules }: Group): Edge[] {
  const names = rules.slice(0, MOST_NAMES).map(({ id }) => id);
  const more = rules.length > MOST_NAMES ? [`and ${String(rules.length - MOST_NAMES)} more`] : [];
  return arrowBetween(source, from, to, { label: [...names, ...more].join("\n"), ...STROKES[state] });
}
