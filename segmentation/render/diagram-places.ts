import { instance } from "@viz-js/viz";
import type { Edge, Graph, Node, Subgraph } from "@viz-js/viz";
import { cidrsOf } from "../address";
import type { Segment } from "../plan";
import { ANY } from "../reach";

/** The places of a network's diagram, without its arrows. */
export interface DiagramPlaces {
  /** Title, also for screen readers. */
  readonly title: string;
  readonly segments: readonly Segment[];
  /** Services, each with its segment. */
  readonly services: readonly { readonly name: string; readonly segment: string }[];
  /** Names of networks outside. */
  readonly outside: readonly string[];
}

/** A node or a frame that an arrow points to. */
export interface Anchor {
  readonly node: string;
  /** The frame at which the arrow ends. @default - the node itself */
  readonly frame?: string;
}

/** Extra lines and Graphviz attributes of a place. */
export type Remark = (name: string) => { readonly lines: readonly string[]; readonly attributes: Attributes };

type Attributes = Readonly<Record<string, string>>;

/** With more arrows a diagram is unreadable and Graphviz takes minutes: then arrows lead from zone to zone. */
export const MOST_ARROWS = 120;
const OUTSIDE = "outside";
const FONT = { fontname: "Helvetica,Arial,sans-serif", fontsize: 11 } as const;
/** Light fills with dark text are readable on a light page, on a dark page, and in print. */
const GROUNDS: Readonly<Record<string, string>> = {
  desktops: "#dbeafe",
  dmz: "#fef3c7",
  management: "#ede9fe",
  services: "#dcfce7",
  data: "#fee2e2",
  transit: "#f1f5f9",
  [OUTSIDE]: "#ffffff",
};
const GRAPH = {
  ...FONT,
  labelloc: "t",
  rankdir: "LR",
  compound: true,
  bgcolor: "#ffffff",
  nodesep: 0.25,
  ranksep: 1.6,
  pad: 0.2,
} as const;
const NODE = {
  ...FONT,
  shape: "box",
  margin: "0.3,0.08",
  style: "filled,rounded",
  fillcolor: "#ffffff",
  color: "#64748b",
} as const;
const UNREMARKABLE = { lines: [], attributes: {} } as const;

/**
 * Draws places and arrows as SVG, laid out by Graphviz: a frame for each zone, a box for each segment with its
 * services. The same source gives the same bytes. A page can restyle it by class: `zone-data` for a frame, and the
 * classes of arrows.
 */
export async function drawn(
  places: DiagramPlaces,
  edges: Edge[],
  everything: boolean,
  remark: Remark = () => UNREMARKABLE,
): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(graphOf(places, edges, everything, remark), { format: "svg", engine: "dot" });
  const drawing = svg.slice(svg.indexOf("<svg"));
  return drawing.replace("<svg", `<svg role="img" aria-label="${attribute(places.title)}"`);
}

function graphOf(places: DiagramPlaces, edges: Edge[], everything: boolean, remark: Remark): Graph {
  const zones = [...new Set(places.segments.map(({ zone }) => zone))];
  const outside = everything ? [...places.outside, ANY] : places.outside;
  const outsideNodes = outside.map((name) => outsideNode(name, remark));
  return {
    directed: true,
    graphAttributes: { ...GRAPH, label: places.title },
    nodeAttributes: NODE,
    edgeAttributes: { ...FONT, fontsize: 10 },
    subgraphs: [frame(OUTSIDE, outsideNodes), ...zones.map((zone) => zoneFrame(places, zone, remark))],
    edges,
  };
}

function frame(zone: string, nodes: Node[]): Subgraph {
  const colours = { fillcolor: GROUNDS[zone] ?? "#ffffff", color: "#94a3b8" };
  return {
    name: `cluster_${zone}`,
    graphAttributes: { label: zone, style: "rounded,filled", class: `zone-${zone}`, ...colours },
    nodes,
  };
}

function zoneFrame({ segments, services }: DiagramPlaces, zone: string, remark: Remark): Subgraph {
  const members = segments.filter((segment) => segment.zone === zone);
  const names = new Set(members.map(({ name }) => name));
  const own = services.filter(({ segment }) => names.has(segment));
  return frame(zone, [
    ...members.map((segment) => segmentNode(segment, remark)),
    ...own.map((service) => serviceNode(service, remark)),
  ]);
}

function segmentNode({ name, zone, vlan, ports, subnets, external }: Segment, remark: Remark): Node {
  const kind = external && zone !== "transit" ? "elsewhere" : ports;
  const { lines, attributes } = remark(name);
  const label = [name, `VLAN ${String(vlan)}, ${kind}`, ...cidrsOf(subnets), ...lines].join("\n");
  const elsewhere = external ? { style: "filled,rounded,dashed" } : {};
  return { name: nodeName(name), attributes: { label, ...elsewhere, ...attributes } };
}

function serviceNode({ name, segment }: DiagramPlaces["services"][number], remark: Remark): Node {
  const { lines, attributes } = remark(name);
  const label = [name, `in ${segment}`, ...lines].join("\n");
  return { name: nodeName(name), attributes: { label, shape: "component", ...attributes } };
}

function outsideNode(name: string, remark: Remark): Node {
  const { lines, attributes } = remark(name);
  return { name: nodeName(name), attributes: { label: [name, ...lines].join("\n"), shape: "ellipse", ...attributes } };
}

function nodeName(name: string): string {
  return `end ${name}`;
}

/** The zone of a segment or a service, as a flow names it; for anything else the name itself. */
export function zoneOf({ segments, services }: DiagramPlaces, name: string): string {
  const segment = services.find((service) => service.name === name)?.segment ?? name;
  const zone = segments.find((one) => one.name === segment)?.zone;
  return zone === undefined ? name : `zone:${zone}`;
}

/** An arrow between two names of the file; none where one of them is not in the diagram. */
export function arrowBetween(places: DiagramPlaces, from: string, to: string, attributes: Attributes): Edge[] {
  const [tail, head] = [anchor(places, from), anchor(places, to)];
  if (tail === undefined || head === undefined) return [];
  const frames = { ...(tail.frame && { ltail: tail.frame }), ...(head.frame && { lhead: head.frame }) };
  return [{ tail: tail.node, head: head.node, attributes: { ...attributes, ...frames } }];
}

/** Where an arrow starts or ends: a box, or a zone's frame through one of its boxes. */
function anchor({ segments, services, outside }: DiagramPlaces, name: string): Anchor | undefined {
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
