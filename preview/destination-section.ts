import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { DestinationChange } from "./destinations";

/** Where logins go, before and after, as Markdown; empty where they go where they went. */
export function destinationSection(changes: readonly DestinationChange[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map(({ key, before, after }) => [code(key), code(before ?? ""), code(after ?? "")]);
  return ["### Where logins go, and who is believed", table(["key", "before", "after"], rows)].join("\n\n");
}
