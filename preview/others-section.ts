import { count } from "../environments/display";
import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { OthersChange } from "./others-changes";

const MOST_NAMED = 5;

/** What others changed and no plan sets back, as Markdown: each kind once for a stack; empty without any. */
export function othersSection(
  stacks: readonly { readonly stack: string; readonly others?: readonly OthersChange[] }[],
): string {
  const rows = stacks.flatMap(({ stack, others = [] }) => {
    const kinds = [...new Set(others.flatMap(({ what }) => what))].sort();
    return kinds.map((kind) => [code(stack), kind, named(others.filter(({ what }) => what.includes(kind)))]);
  });
  if (rows.length === 0) return "";
  return ["### Changed by others, and left so", table(["stack", "what", "of"], rows)].join("\n\n");
}

function named(changes: readonly OthersChange[]): string {
  const names = changes.slice(0, MOST_NAMED).map(({ key, address }) => code(key ?? address));
  const more = changes.length - names.length;
  return [...names, ...(more > 0 ? [count(more, "other")] : [])].join(", ");
}
