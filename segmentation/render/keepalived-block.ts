/** A block of keepalived's configuration, in lines. */
export function block(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...indented(lines), "}"];
}

/** Lines one step further in. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
