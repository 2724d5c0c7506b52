import { count } from "../environments/display";
import { table, text } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import { driftSection } from "./drift-section";
import { accessSection, capacitySection, costSection, imageSection, networkSection } from "./file-sections";
import type { PoolPreview, PreviewReport } from "./report";
import type { StackPreview } from "./stack-preview";
import { SEAT_EFFECTS } from "./seat-changes";
import { failureSection } from "./failure-section";
import { fitted } from "./fitted";
import { gateSection } from "./gate-section";
import { headline } from "./headline";

/** So much of it is for details; what does not fit is counted. */
const MOST_ROWS = 200;

/** The first line of a city's preview, by which a later one finds and replaces it. */
export function marker(city: string): string {
  return `<!-- postazioni preview of ${city} -->`;
}

/**
 * A preview for a pull or merge request: the decision first, details folded.
 * @returns at most `MOST_CHARACTERS`; where more would be to say, how much is left out
 */
export function markdown(report: PreviewReport, cityName: string): string {
  const first = [
    marker(report.city),
    `## ${text(cityName)}: ${headline(report)}`,
    gateSection(report.gates),
    failureSection(report.stacks),
  ];
  const sections = [
    poolSection(report.pools),
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
    ...report.pools.map(seatDetails),
    ...report.stacks.map(stackDetails),
  ];
  return fitted(first, sections);
}

function poolSection(pools: readonly PoolPreview[]): string {
  if (pools.length === 0) return "";
  const rows = pools.map(({ pool, directorate, counts, people }) => [
    code(pool),
    code(directorate),
    ...SEAT_EFFECTS.map((effect) => (counts[effect] === 0 ? "" : String(counts[effect]))),
    people === 0 ? "" : String(people),
  ]);
  return ["### Seats", table(["pool", "directorate", ...SEAT_EFFECTS, "people"], rows)].join("\n\n");
}

function seatDetails({ pool, seats }: PoolPreview): string {
  const rows = seats
    .slice(0, MOST_ROWS)
    .map(({ seat, effect, attributes, wave, holder = "" }) => [
      code(seat),
      effect,
      attributes.map(code).join(", "),
      code(wave ?? ""),
      code(holder),
    ]);
  return folded(`Seats of ${pool}`, ["seat", "what", "for", "wave", "who has it"], rows, seats.length);
}

function stackDetails({ stack, changes }: StackPreview): string {
  const rows = changes
    .slice(0, MOST_ROWS)
    .map(({ address, action, attributes, replacedFor }) => [
      code(address),
      action,
      (replacedFor.length > 0 ? replacedFor : attributes).map(code).join(", "),
    ]);
  return folded(`${stack}: ${count(changes.length, "resource")}`, ["resource", "what", "for"], rows, changes.length);
}

function folded(title: string, head: readonly string[], rows: readonly string[][], all: number): string {
  if (all === 0) return "";
  const more = all > rows.length ? `\n\n${count(all - rows.length, "more line")}; the JSON has all.` : "";
  return `<details><summary>${text(title)}</summary>\n\n${table(head, rows)}${more}\n\n</details>`;
}
