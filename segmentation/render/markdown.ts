import type { RuleFinding } from "../findings";
import type { MatrixCell, MatrixEnd, MatrixRule, MatrixFlow } from "../matrix";
import { cidrsOf } from "../address";
import type { Segment } from "../plan";
import type { PortPreset } from "../port-presets";
import { table, text } from "./markdown-text";

/** The input of a page for the firewall team. */
export interface NetworkPage {
  /** The city's name. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  readonly segments: readonly Segment[];
  readonly rules: readonly MatrixRule[];
  /** The presets of ports that rules name, each with the ids of these rules. */
  readonly presets: readonly (PortPreset & { readonly rules: readonly string[] })[];
  readonly cells: readonly MatrixCell[];
  readonly findings: readonly RuleFinding[];
}

/** A city's network as a page: segments, rules, who reaches whom, and findings. */
export function markdown({ city, asOf, segments, rules, presets, cells, findings }: NetworkPage): string {
  return [
    `# Network of ${text(city)}`,
    `As of ${asOf}. Everything is closed but what stands here.`,
    "## Segments",
    table(["segment", "zone", "VLAN", "ports", "subnets"], segments.map(segmentRow)),
    "## Rules",
    table(["rule", "state", "from", "to", "ports", "owner", "purpose", "ticket", "until"], rules.map(ruleRow)),
    ...(presets.length === 0 ? [] : ["## Presets of ports", table(PRESET_COLUMNS, presets.map(presetRow))]),
    "## Who reaches whom",
    "A star: only some addresses of the two, such as a service's.",
    table(["from", "to", "what passes"], cells.map(cellRow)),
    "## Questionable rules",
    findings.length === 0 ? "None." : table(["rule", "what", "why"], findings.map(findingRow)),
    "",
  ].join("\n\n");
}

const PRESET_COLUMNS = ["preset", "for", "ports", "rules", "source"];

function presetRow({ name, purpose, ports, rules, source }: NetworkPage["presets"][number]): string[] {
  return [name, purpose, ports.join(", "), rules.map(text).join(", "), source];
}

function segmentRow({ name, zone, vlan, ports, subnets, external }: Segment): string[] {
  const kind = external ? "elsewhere" : ports;
  return [text(name), zone, String(vlan), kind, cidrsOf(subnets).join(", ")];
}

function ruleRow({ id, state, from, to, ports, owner, purpose, ticket, until }: MatrixRule): string[] {
  return [text(id), state, end(from), end(to), ports.join(", "), ...[owner, purpose, ticket, until].map(text)];
}

function end({ name, addresses }: MatrixEnd): string {
  const shown = addresses.slice(0, MOST_ADDRESSES).join(", ");
  const more = addresses.length > MOST_ADDRESSES ? ` and ${String(addresses.length - MOST_ADDRESSES)} more` : "";
  return name === "any" ? "any" : `${text(name)} (${shown}${more})`;
}

/** The CSV has all of them. */
const MOST_ADDRESSES = 4;

function cellRow({ from, to, ways }: MatrixCell): string[] {
  return [text(from), text(to), ways.map(way).join("; ")];
}

function way({ by, ports, partial: partial }: MatrixFlow): string {
  return `${ports.join(", ")} by ${text(by)}${partial ? " \\*" : ""}`;
}

function findingRow({ rule, kind, text: why }: RuleFinding): string[] {
  return [text(rule), kind, text(why)];
}
