import { instance } from "@viz-js/viz";
import type { Edge, Graph, Node, Subgraph } from "@viz-js/viz";
import { cidrsOf } from "../address";
import type { MatrixRule } from "../matrix";
import type { Segment } from "../plan";
import { ANY } from "../reach";

/** What the diagram of a network is drawn from. */
export interface DiagramSource {
  /** What the picture shows, in one line; also for those who do not see it. */
  readonly title: string;
  readonly segments: readonly Segment[];
  /** Services, each with the name of its segment. */
  readonly services: readonly { readonly name: string; readonly segment: string }[];
  /** Names of networks outside. */
  readonly outside: readonly string[];
  readonly rules: readonly MatrixRule[];
}

const OUTSIDE = "outside";
/** Of more arrows than that a reader sees none, and Graphviz takes minutes: then they lead from zone to zone. */
const MOST_ARROWS = 120;
/** So many rules are named beside an arrow. */
const MOST_NAMES = 6;
const FONT = { fontname: "Helvetica,Arial,sans-serif", fontsize: 11 } as const;
/** Light grounds with dark text are read on a white page and on a dark one, and in print. */
const GROUNDS: Readonly<Record<string, string>> = {
  desktops: "#dbeafe",
  dmz: "#fef3c7",
  management: "#ede9fe",
  services: "#dcfce7",
  data: "#fee2e2",
  transit: "#f1f5f9",
  [OUTSIDE]: "#ffffff",
};
const STROKES: Readonly<Record<MatrixRule["state"], Readonly<Record<string, string>>>> = {
  management: { color: "#6d28d9", fontcolor: "#6d28d9" },
  open: { color: "#15803d", fontcolor: "#14532d" },
  prepared: { color: "#b45309", fontcolor: "#92400e", style: "dashed" },
  block: { color: "#b91c1c", fontcolor: "#991b1b", arrowhead: "tee" },
};

/**
 * The segments and rules of a network as a picture in SVG, laid out by Graphviz: a frame for each zone, a box for each
 * segment with its services, and an arrow for each pair of ends with the rules between them. The same source gives the
 * same bytes.
 */
export async function diagram(source: DiagramSource): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(graphOf(source), { format: "svg", engine: "dot" });
  const drawing = svg.slice(svg.indexOf("<svg"));
  return drawing.replace("<svg", `<svg role="img" aria-label="${attribute(source.title)}"`);
}

function graphOf(source: DiagramSource): Graph {
  const zones = [...new Set(source.segments.map(({ zone }) => zone))];
  return {
    directed: true,
    graphAttributes: {
      ...FONT,
      label: source.title,
      labelloc: "t",
      rankdir: "LR",
      compound: true,
      bgcolor: "#ffffff",
      nodesep: 0.25,
      ranksep: 1.6,
      pad: 0.2,
    },
    nodeAttributes: {
      ...FONT,
      shape: "box",
      margin: "0.3,0.08",
      style: "filled,rounded",
      fillcolor: "#ffffff",
      color: "#64748b",
    },
    edgeAttributes: { ...FONT, fontsize: 10 },
    subgraphs: [frame(OUTSIDE, outsideNames(source).map(outsideNode)), ...zones.map((zone) => zoneFrame(source, zone))],
    edges: arrows(source),
  };
}

function frame(zone: string, nodes: Node[]): Subgraph {
  return {
    name: `cluster_${zone}`,
    graphAttributes: { label: zone, style: "rounded,filled", fillcolor: GROUNDS[zone] ?? "#ffffff", color: "#94a3b8" },
    nodes,
  };
}

function zoneFrame({ segments, services }: DiagramSource, zone: string): Subgraph {
  const members = segments.filter((segment) => segment.zone === zone);
  const names = new Set(members.map(({ name }) => name));
  const own = services.filter(({ segment }) => names.has(segment));
  return frame(zone, [...members.map(segmentNode), ...own.map(serviceNode)]);
}

function segmentNode({ name, zone, vlan, ports, subnets, external }: Segment): Node {
  const kind = external && zone !== "transit" ? "elsewhere" : ports;
  const label = [name, `VLAN ${String(vlan)}, ${kind}`, ...cidrsOf(subnets)].join("\n");
  return { name: nodeName(name), attributes: { label, ...(external && { style: "filled,rounded,dashed" }) } };
}

function serviceNode({ name, segment }: DiagramSource["services"][number]): Node {
  return { name: nodeName(name), attributes: { label: `${name}\nin ${segment}`, shape: "component" } };
}

/** The networks outside and, where a block says so, everything. */
function outsideNames({ outside, rules }: DiagramSource): string[] {
  const everything = rules.some(({ from, to }) => from.name === ANY || to.name === ANY);
  return everything ? [...outside, ANY] : [...outside];
}

function outsideNode(name: string): Node {
  return { name: nodeName(name), attributes: { label: name, shape: "ellipse" } };
}

function nodeName(name: string): string {
  return `end ${name}`;
}

/** The rules between one pair of ends that do the same. */
interface Group {
  readonly from: string;
  readonly to: string;
  readonly state: MatrixRule["state"];
  readonly rules: MatrixRule[];
}

/** One arrow for each pair of ends and state, with the ids of its rules. */
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

/** The zone of a segment or a service, as a flow names it; of anything else the name itself. */
function zoneOf({ segments, services }: DiagramSource, name: string): string {
  const segment = services.find((service) => service.name === name)?.segment ?? name;
  const zone = segments.find((one) => one.name === segment)?.zone;
  return zone === undefined ? name : `zone:${zone}`;
}

function arrow(source: DiagramSource, { from, to, state, rules }: Group): Edge[] {
  const [tail, head] = [anchor(source, from), anchor(source, to)];
  if (tail === undefined || head === undefined) return [];
  const names = rules.slice(0, MOST_NAMES).map(({ id }) => id);
  const more = rules.length > MOST_NAMES ? [`and ${String(rules.length - MOST_NAMES)} more`] : [];
  const frames = { ...(tail.frame && { ltail: tail.frame }), ...(head.frame && { lhead: head.frame }) };
  const label = [...names, ...more].join("\n");
  return [{ tail: tail.node, head: head.node, attributes: { label, ...STROKES[state], ...frames } }];
}

/** Where an arrow begins or ends: at a box, or at the frame of a zone by one of the boxes in it. */
function anchor(
  { segments, services, outside }: DiagramSource,
  name: string,
): { node: string; frame?: string } | undefined {
  if (!name.startsWith("zone:")) {
    const known = [...segments, ...services].some((one) => one.name === name) || outside.includes(name) || name === ANY;
    return known ? { node: nodeName(name) } : undefined;
  }
  const zone = name.slice("zone:".length);
  const members = segments.filter((segment) => segment.zone === zone);
  const middle = members[Math.floor(members.length / 2)];
  return middle && { node: nodeName(middle.name), frame: `cluster_${zone}` };
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
