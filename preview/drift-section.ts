import { count } from "../environments/display";
import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { StackPreview } from "./stack-preview";

const MOST_ROWS = 200;

/** The drift, as Markdown; empty without any. */
export function driftSection(stacks: readonly Pick<StackPreview, "stack" | "drift">[]): string {
  const all = stacks.flatMap(({ stack, drift }) => drift.map((resource) => ({ stack, ...resource })));
  if (all.length === 0) return "";
  const rows = all
    .slice(0, MOST_ROWS)
    .map(({ stack, address, action, attributes }) => [
      code(stack),
      code(address),
      action === "destroy" ? "gone" : "changed",
      attributes.map(code).join(", "),
    ]);
  const more = all.length > rows.length ? [`${count(all.length - rows.length, "more line")}; the JSON has all.`] : [];
  return ["### Changed outside Terraform", table(["stack", "resource", "what", "in"], rows), ...more].join("\n\n");
}
