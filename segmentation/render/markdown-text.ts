/** A GitHub Markdown table. @param rows cells in Markdown, each in one line */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Escapes text for Markdown and HTML (CommonMark, "Backslash escapes"). */
export function text(value: string): string {
  return value.replaceAll(/[\\`*_{}[\]()<>#+!|~&$-]/g, (mark) => (mark === "-" ? mark : `\\${mark}`));
}
