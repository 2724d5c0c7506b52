import { count } from "../environments/display";
import { table, text } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { LapsedWaiver, WaiverTerms } from "./gates";
import type { PlacedGates } from "./report";

/** Limits of a section that comes before everything that may be cut. */
const [MOST_ROWS, LONGEST_TEXT] = [50, 300];

/** What stops a change, what is waived, and what was not checked, as Markdown; empty without any. */
export function gateSection({ closed, waived, lapsed, unchecked }: PlacedGates): string {
  const stops = closed.map(({ gate, scope, text: what, line }) => [code(gate), code(scope), cut(what), String(line)]);
  const passes = waived.map(({ gate, scope, text: what, waiver }) => [
    code(gate),
    code(scope),
    cut(what),
    terms(waiver),
  ]);
  const open = unchecked.map(code).join(", ");
  return [
    ...listed("Stopped", ["gate", "for", "what", "line"], stops),
    ...listed("Waived", ["gate", "for", "what", "waiver"], passes),
    ...lapsed.slice(0, MOST_ROWS).map(lapsedLine),
    ...(open === "" ? [] : [`Not looked at, for want of a version to compare with: ${open}.`]),
  ].join("\n\n");
}

function listed(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - MOST_ROWS;
  const rest = more > 0 ? [`${count(more, "more line")}; the JSON has all.`] : [];
  return [`**${title}.**`, table(head, rows.slice(0, MOST_ROWS)), ...rest];
}

function cut(value: string): string {
  return text(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value);
}

function lapsedLine({ gate, scope, owner, until }: LapsedWaiver): string {
  return `Lapsed on ${until}: the waiver of ${code(gate)} for ${code(scope)}, ${text(owner)}.`;
}

function terms({ reason, owner, until }: WaiverTerms): string {
  return `${text(reason)}, ${text(owner)}, until ${until}`;
}
