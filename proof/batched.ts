const IN_NAMESPACE = /^(ip -n \S+) ((?:link|addr|route) .*)$/;
const OUTSIDE = /^(ip) ((?:link|addr|route) .*)$/;

/**
 * The same commands with fewer processes: those in a row of `ip` for one namespace as one batch, which ends at the first that
 * fails, as the script does.
 */
export function batched(commands: readonly string[]): string[] {
  const batches: { program: string; lines: string[] }[] = [];
  for (const command of commands) {
    const [, program = "", line = ""] = IN_NAMESPACE.exec(command) ?? OUTSIDE.exec(command) ?? [];
    const last = batches.at(-1);
    if (program !== "" && last?.program === program) last.lines.push(line);
    else batches.push({ program, lines: [program === "" ? command : line] });
  }
  return batches.flatMap(({ program, lines }) => {
    if (program === "") return lines;
    return lines.length === 1 ? [`${program} ${lines.join()}`] : [`${program} -batch - <<'END'`, ...lines, "END"];
  });
}
