import type { Waiver } from "../environments/model/gates";
import { table, text } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { PlacedGates } from "./report";

/** What stops a change, what passes by a waiver, and what nobody looked at, as Markdown; empty where there is nothing. */
export function gateSection({ closed, waived, lapsed, unchecked }: PlacedGates): string {
  const stops = closed.map(({ gate, scope, text: what, line }) => [code(gate), code(scope), text(what), String(line)]);
  const passes = waived.map(({ gate, scope, text: what, waiver }) => [
    code(gate),
    code(scope),
    text(what),
    terms(waiver),
  ]);
  return [
    ...(stops.length === 0 ? [] : ["**Stopped.**", table(["gate", "for", "what", "line"], stops)]),
    ...(passes.length === 0 ? [] : ["**Waived.**", table(["gate", "for", "what", "waiver"], passes)]),
    ...lapsed.map(
      ({ gate, scope, owner, until }) =>
        `Lapsed on ${until}: the waiver of ${code(gate)} for ${code(scope)}, ${text(owner)}.`,
    ),
    ...(unchecked.length === 0
      ? []
      : [`Not looked at, for want of a version to compare with: ${unchecked.map(code).join(", ")}.`]),
  ].join("\n\n");
}

function terms({ reason, owner, until }: Pick<Waiver, "reason" | "owner" | "until">): string {
  return `${text(reason)}, ${text(owner)}, until ${until}`;
}
