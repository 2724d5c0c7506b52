import { count } from "../environments/display";
import { table, text } from "../segmentation/render/markdown-text";
import { reasonsOf } from "./change-reason";
import { code } from "./code-span";
import { destinationSection } from "./destination-section";
import { disturbedSection } from "./disturbed-section";
import { driftSection } from "./drift-section";
import { accessSection, capacitySection, costSection, imageSection, networkSection } from "./file-sections";
import type { PoolPreview, PreviewReport } from "./report";
import type { StackPreview } from "./stack-preview";
import { SEAT_EFFECTS } from "./seat-changes";
import { failureSection } from "./failure-section";
import { fitted } from "./fitted";
import { gateSection } from "./gate-section";
import { startSection } from "./start-section";
import { headline } from "./headline";
import { unplannedSection } from "./unplanned-section";

/** Limit of detail rows; the rest is counted. */
const MOST_ROWS = 200;

/** The first line of a city's preview, by which a later one finds and replaces it. */
export function marker(city: string): string {
  return `<!-- postazioni preview of ${city} -->`;
}

/**
 * A preview for a pull or merge request: the decision first, details folded.
 * @returns at most `MOST_CHARACTERS`; otherwise it says how much is left out
 */
export function markdown(report: PreviewReport, cityName: string): string {
  const first = [
    marker(report.city),
    `## ${text(cityName)}: ${headline(report)}`,
    destinationSection(report.file?.destinations ?? []),
    gateSection(report.gates),
    failureSection(report.stacks),
  ];
  const sections = [
    poolSection(report.pools),
    disturbedSection(report.disturbed),
    startSection(report.pools),
    ...(report.file === null
      ? []
      : [
          networkSection(report.file.network),
          accessSection(report.file.access, report.file.logins),
          imageSection(report.file.images),
          capacitySection(report.file.capacity),
          costSection(report.file.cost),
        ]),
    driftSection(report.stacks),
    unplannedSection(report.unplanned),
    ...report.pools.map(seatDetails),
    ...report.stacks.map(stackDetails),
  ];
  return fitted(first, sections);
}

function poolSection(pools: readonly PoolPreview[]): string {
  if (pools.length === 0) return "";
  const hasDirectorates = pools.some(({ directorate }) => directorate !== null);
  const rows = pools.map(({ pool, directorate, counts, people }) => [
    code(pool),
    ...(hasDirectorates ? [code(directorate ?? "")] : []),
    ...SEAT_EFFECTS.map((effect) => (counts[effect] === 0 ? "" : String(counts[effect]))),
    people === 0 ? "" : String(people),
  ]);
  return [
    "### Seats",
    table(["pool", ...(hasDirectorates ? ["directorate"] : []), ...SEAT_EFFECTS, "people"], rows),
  ].join("\n\n");
}

function seatDetails({ pool, seats }: PoolPreview): string {
  const rows = seats
    .slice(0, MOST_ROWS)
    .map(({ seat, effect, attributes, reason, wave, holder = "" }) => [
      code(seat),
      effect,
      causes({ reason }, attributes),
      code(wave ?? ""),
      code(holder),
    ]);
  return folded(`Seats of ${pool}`, ["seat", "what", "for", "wave", "who has it"], rows, seats.length);
}

function stackDetails({ stack, changes, outputs }: StackPreview): string {
  const rows = changes
    .slice(0, MOST_ROWS)
    .map((change) => [
      code(change.address),
      change.action,
      causes(change, change.replacedFor.length > 0 ? change.replacedFor : change.attributes),
    ]);
  const told = outputs
    .map((output) => [code(output), "output", "told to other stacks"])
    .slice(0, MOST_ROWS - rows.length);
  const title = [
    ...(changes.length > 0 ? [count(changes.length, "resource")] : []),
    ...(outputs.length > 0 ? [count(outputs.length, "output")] : []),
  ].join(", ");
  const all = changes.length + outputs.length;
  return folded(`${stack}: ${title}`, ["resource", "what", "for"], [...rows, ...told], all);
}

function causes(why: Parameters<typeof reasonsOf>[0], names: readonly string[]): string {
  return [...reasonsOf(why).map(text), ...names.map(code)].join(", ");
}

function folded(title: string, head: readonly string[], rows: readonly string[][], all: number): string {
  if (all === 0) return "";
  const more = all > rows.length ? `\n\n${count(all - rows.length, "more line")}; the JSON has all.` : "";
  return `<details><summary>${text(title)}</summary>\n\n${table(head, rows)}${more}\n\n</details>`;
}
