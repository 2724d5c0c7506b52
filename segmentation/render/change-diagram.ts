import type { Edge } from "@viz-js/viz";
import type { ReachChange } from "../difference";
import type { MatrixRule } from "../matrix";
import { arrowBetween, drawn, MOST_ARROWS, zoneOf } from "./diagram-places";
import type { DiagramPlaces, Remark } from "./diagram-places";
import { namesEverything } from "./diagram";

/** Two versions of a network, and the changes between them. */
export interface ChangeSource {
  /** Title, also for screen readers. */
  readonly title: string;
  readonly before: Version;
  readonly after: Version;
  readonly changes: readonly ReachChange[];
}

/** One of the two versions. */
export interface Version extends Omit<DiagramPlaces, "title"> {
  readonly rules: readonly MatrixRule[];
}

/** An arrow of the diagram. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly effect: ReachChange["effect"] | "unchanged";
  /** Its label. */
  readonly ports: readonly string[];
}

type Attributes = Readonly<Record<string, string>>;

/** Maximum number of ports in a label. */
const MOST_PORTS = 6;
/** Distinguished without colour too: by line style and label. */
const STROKES: Readonly<Record<Arrow["effect"], Attributes>> = {
  opened: { color: "#15803d", fontcolor: "#14532d", penwidth: "2.5", class: "opened" },
  closed: { color: "#b91c1c", fontcolor: "#991b1b", penwidth: "2", style: "dashed", arrowhead: "tee", class: "closed" },
  unchanged: { color: "#94a3b8", penwidth: "0.6", arrowsize: "0.6", class: "unchanged" },
};
const ADDED = { lines: ["new"], attributes: { color: "#15803d", penwidth: "2.5", class: "opened" } } as const;
const REMOVED = {
  lines: ["goes"],
  attributes: { color: "#b91c1c", penwidth: "2", style: "filled,rounded,dashed", class: "closed" },
} as const;
const SAME = { lines: [], attributes: {} } as const;

/**
 * Both versions of a network in one SVG diagram: opened flows as thick lines, closed ones as dashed lines, each with
 * its ports, and unchanged rules as thin lines. The same source gives the same bytes.
 */
export function changeDiagram({ title, before, after, changes }: ChangeSource): Promise<string> {
  const places = { title, ...united(before, after) };
  const kept = after.rules.filter((rule) => before.rules.some((old) => isSame(old, rule)));
  const changed = changes.flatMap((change) => changeArrows(change, change.effect === "opened" ? after : before));
  const edges = edgesOf(places, [...kept.flatMap(ruleArrows), ...changed]);
  return drawn(places, edges, namesEverything(kept), remarkOf(before, after));
}

function united(before: Version, after: Version): Omit<DiagramPlaces, "title"> {
  return {
    segments: byName(after.segments, before.segments),
    services: byName(after.services, before.services),
    outside: [...new Set([...after.outside, ...before.outside])],
  };
}

function byName<T extends { readonly name: string }>(first: readonly T[], second: readonly T[]): T[] {
  const known = new Set(first.map(({ name }) => name));
  return [...first, ...second.filter(({ name }) => !known.has(name))];
}

function isSame(old: MatrixRule, fresh: MatrixRule): boolean {
  const [one, other] = [old, fresh].map(({ id, state, from, to, ports }) => [id, state, from.name, to.name, ports]);
  return JSON.stringify(one) === JSON.stringify(other);
}

function remarkOf(before: Version, after: Version): Remark {
  const [old, fresh] = [namesOf(before), namesOf(after)];
  return (name) => {
    if (!fresh.has(name)) return old.has(name) ? REMOVED : SAME;
    return old.has(name) ? SAME : ADDED;
  };
}

function namesOf({ segments, services, outside }: Version): Set<string> {
  return new Set([...[...segments, ...services].map(({ name }) => name), ...outside]);
}

function ruleArrows(rule: MatrixRule): Arrow[] {
  return sourcesOf(rule).map((from) => ({ from, to: rule.to.name, effect: "unchanged", ports: [] }));
}

function changeArrows({ from, to, effect, ports, by }: ReachChange, version: Version): Arrow[] {
  const rules = version.rules.filter(({ id }) => by.includes(id));
  const tails = from.split(", ").map((name) => atService(version, name, rules.flatMap(sourcesOf)));
  const head = atService(
    version,
    to,
    rules.map((rule) => rule.to.name),
  );
  return tails.map((tail) => ({ from: tail, to: head, effect, ports }));
}

/**
 * A change is between segments. Where its flows name only one service of a segment, its arrow points to that service.
 */
function atService({ services }: Version, segment: string, named: readonly string[]): string {
  const [only, ...others] = new Set(named);
  const service = services.find((one) => one.name === only && one.segment === segment);
  return service === undefined || others.length > 0 ? segment : service.name;
}

function sourcesOf({ from }: MatrixRule): string[] {
  return from.name.split(", ");
}

function edgesOf(places: DiagramPlaces, arrows: readonly Arrow[]): Edge[] {
  const between = grouped(arrows);
  const zones = arrows.map((arrow) => ({ ...arrow, from: zoneOf(places, arrow.from), to: zoneOf(places, arrow.to) }));
  const shown = between.length > MOST_ARROWS ? grouped(zones) : between;
  return shown.flatMap(({ from, to, effect, ports }) =>
    arrowBetween(places, from, to, { label: labelOf(effect, ports), ...STROKES[effect] }),
  );
}

/** One arrow for each pair of ends and effect, with all ports. */
function grouped(arrows: readonly Arrow[]): Arrow[] {
  const groups = new Map<string, Arrow>();
  for (const arrow of arrows) {
    const key = JSON.stringify([arrow.from, arrow.to, arrow.effect]);
    const ports = new Set([...(groups.get(key)?.ports ?? []), ...arrow.ports]);
    groups.set(key, { ...arrow, ports: [...ports] });
  }
  return [...groups.values()];
}

function labelOf(effect: Arrow["effect"], ports: readonly string[]): string {
  if (effect === "unchanged") return "";
  const more = ports.length > MOST_PORTS ? [`and ${String(ports.length - MOST_PORTS)} more`] : [];
  return [effect, ...ports.slice(0, MOST_PORTS), ...more].join("\n");
}
