import { count } from "../environments/display";
import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { StackPreview } from "./stack-preview";

/** Limits of the failures, which come before everything that may be cut. */
const [MOST_FAILURES, LONGEST_FAILURE] = [50, 300];

/** Stacks that could not be planned, as Markdown; empty without any. */
export function failureSection(stacks: readonly Pick<StackPreview, "stack" | "failure">[]): string {
  const failed = stacks.filter(({ failure }) => failure !== null);
  if (failed.length === 0) return "";
  const rows = failed
    .slice(0, MOST_FAILURES)
    .map(({ stack, failure }) => [code(stack), code((failure ?? "").slice(0, LONGEST_FAILURE))]);
  return [
    "**Not planned.** What these stacks would change is not known:",
    table(["stack", "why"], rows),
    ...(failed.length > rows.length ? [`${count(failed.length - rows.length, "more stack")}; the JSON has all.`] : []),
  ].join("\n\n");
}
