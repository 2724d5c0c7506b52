import { escaped } from "../environments/display";
import { effectiveFlows } from "../environments/network/effective-flows";
import type { City } from "../environments/model/city";
import type { Expectation } from "../environments/model/flows";
import { reachOf } from "../environments/network/network-plan";
import type { PlaceOf, SourceLocation } from "../environments/violation";
import { findingsOf } from "../segmentation/findings";
import type { RuleFinding } from "../segmentation/findings";
import { matrixCells, matrixRules } from "../segmentation/matrix";
import type { MatrixCell, MatrixRule, MatrixFlow } from "../segmentation/matrix";
import { diagram } from "../segmentation/render/diagram";
import type { NetworkPage } from "../segmentation/render/markdown";
import type { Language } from "../words/language";
import { WORDS } from "../words/catalogue";
import { usedPresets } from "./port-presets";
import type { UsedPreset } from "./port-presets";

/** The result of `report network`, and the shape of its JSON. */
export interface NetworkReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** Every rule, the management path and blocks first. */
  readonly rules: readonly MatrixRule[];
  /** The presets of ports that rules name, with their ports and sources. */
  readonly presets: readonly UsedPreset[];
  /** Every pair of places between which something passes. */
  readonly cells: readonly MatrixCell[];
  /** The expectations that hold; a file that breaks one is refused. */
  readonly held: { readonly mustReach: readonly Expectation[]; readonly mustNotReach: readonly Expectation[] };
  /** Questionable rules, with their location in the file. */
  readonly findings: readonly (RuleFinding & SourceLocation)[];
}

/** The report of a city. */
export function networkReport(city: City, placeOf: PlaceOf): NetworkReport {
  const reach = reachOf(city);
  const paths = new Map(effectiveFlows(city).map(({ id, path }) => [id, path]));
  return {
    city: city.city.id,
    asOf: city.asOf,
    rules: matrixRules(reach.plan),
    presets: usedPresets(city),
    cells: matrixCells(reach),
    held: { mustReach: city.network.mustReach, mustNotReach: city.network.mustNotReach },
    findings: findingsOf(reach).map((finding) => ({ ...finding, ...placeOf(paths.get(finding.rule) ?? ["network"]) })),
  };
}

/** The input of the page for the firewall team. */
export function networkPage(city: City): NetworkPage {
  const reach = reachOf(city);
  return {
    city: city.city.name,
    asOf: city.asOf,
    segments: reach.plan.segments,
    rules: matrixRules(reach.plan),
    presets: usedPresets(city),
    cells: matrixCells(reach),
    findings: findingsOf(reach),
  };
}

/** The city's segments and rules as a diagram. @param language of its title */
export function networkDiagram(city: City, language: Language = "en"): Promise<string> {
  const { plan } = reachOf(city);
  return diagram({
    title: WORDS[language].cityPage.diagram(city.city.name, city.asOf),
    segments: plan.segments,
    services: city.network.services,
    outside: plan.outside,
    rules: matrixRules(plan),
  });
}

/** The report as text. */
export function networkText({ city, asOf, rules, presets, cells, held, findings }: NetworkReport): string {
  return [
    `${city}, as of ${asOf}: who may reach whom; everything else is closed`,
    "",
    ...cells.flatMap(cellLines),
    ...(rules.length === 0 ? [] : ["", "rules", ...rules.map(ruleLine)]),
    ...(presets.length === 0 ? [] : ["", "presets", ...presets.map(presetLine)]),
    ...heldLines(held),
    "",
    findings.length === 0 ? "nothing is questionable" : "questionable",
    ...findings.map(
      ({ file, line, column, rule, kind, text }) =>
        `${escaped(file)}:${String(line)}:${String(column)}: ${rule} is ${kind}: ${escaped(text)}`,
    ),
    "",
  ].join("\n");
}

function heldLines({ mustReach, mustNotReach }: NetworkReport["held"]): string[] {
  if (mustReach.length + mustNotReach.length === 0) return [];
  return [
    "",
    "held",
    ...mustReach.map(({ from, to, port }) => `  ${from} reaches ${to} on ${port}`),
    ...mustNotReach.map(({ from, to, port }) => `  ${from} does not reach ${to} on ${port}`),
  ];
}

function presetLine({ name, ports, source, rules }: UsedPreset): string {
  return `  ${name}: ${ports.join(", ")}; in ${rules.join(", ")}; ${source}`;
}

function cellLines({ from, to, ways }: MatrixCell): string[] {
  return [`  ${from} -> ${to}`, ...ways.map(wayLine)];
}

function wayLine({ by, ports, partial: partial }: MatrixFlow): string {
  return `    ${ports.join(", ")} by ${by}${partial ? ", some addresses" : ""}`;
}

function ruleLine({ id, state, from, to, ports, owner, ticket, until }: MatrixRule): string {
  const answer = until === "" ? "" : `; ${escaped(owner)}, ${ticket}, until ${until}`;
  return `  ${id} (${state}): ${from.name} -> ${to.name} ${ports.join(", ")}${answer}`;
}
