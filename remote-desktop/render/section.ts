/** A section of HAProxy's configuration, with an empty line behind it. */
export function section(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => `  ${line}`), ""];
}
