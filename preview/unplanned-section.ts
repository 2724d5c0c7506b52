import { count } from "../environments/display";
import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { UnplannedStack } from "./report";

const MOST_ROWS = 200;

/** The stacks that were not planned, and since when each is known to be without drift, as Markdown; empty without any. */
export function unplannedSection(stacks: readonly UnplannedStack[]): string {
  if (stacks.length === 0) return "";
  const rows = stacks.slice(0, MOST_ROWS).map(({ stack, withoutDriftAt }) => [code(stack), lastSeen(withoutDriftAt)]);
  const more =
    stacks.length > rows.length ? [`${count(stacks.length - rows.length, "more line")}; the JSON has all.`] : [];
  return [
    `<details><summary>${unplannedText(stacks)}</summary>`,
    ...[UNPLANNED, table(["stack", "last without drift"], rows), ...more],
    "</details>",
  ].join("\n\n");
}

/** Why stacks are not planned. */
export const UNPLANNED =
  "Their configuration is the base's, and no plan changes what they read of other stacks. What somebody changed there by " +
  "hand since then is not in this preview; --all plans them too.";

/** `60 stacks not planned, without drift on 2026-11-30 at 02:17 UTC`. */
export function unplannedText(stacks: readonly UnplannedStack[]): string {
  const times = [...new Set(stacks.map(({ withoutDriftAt }) => withoutDriftAt))].filter((at) => at !== null).sort();
  const [oldest] = times;
  const since = oldest === undefined ? "" : `, without drift on ${lastSeen(oldest)}`;
  return `${count(stacks.length, "stack")} not planned${since}`;
}

/** `2026-11-30 at 02:17 UTC`, or that nobody knows. @param at as 2026-11-30T02:17:00.000Z */
export function lastSeen(at: string | null): string {
  return at === null ? "not known" : `${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;
}
