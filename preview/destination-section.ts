import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { DestinationChange } from "./destinations";

/** Changed destinations of logins, as Markdown; empty without any. */
export function destinationSection(changes: readonly DestinationChange[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map(({ key, before, after }) => [code(key), code(before ?? ""), code(after ?? "")]);
  return ["### Where logins go, and who is believed", table(["key", "before", "after"], rows)].join("\n\n");
}
