/** A table of GitHub's Markdown. @param rows cells that are Markdown already, in one line each */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Text as it is, whatever Markdown or HTML it holds (CommonMark, "Backslash escapes"). */
export function text(value: string): string {
  return value.replaceAll(/[\\`*_{}[\]()<>#+!|~&$-]/g, (mark) => (mark === "-" ? mark : `\\${mark}`));
}
