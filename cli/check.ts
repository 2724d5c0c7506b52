import { join } from "node:path";
import { Command } from "commander";
import type { Say } from "../runtime/progress";
import { EXIT } from "./exit-code";
import { runCommand } from "./run-command";
import { runProgram } from "./run-program";
import type { Program } from "./run-program";

/** One check of the code that needs no test. */
export interface Check extends Program {
  /** What it looks at. */
  readonly name: string;
}

/** Types, lint and format, in the order in which a failure is cheapest to find. */
export const CHECKS: readonly Check[] = [
  { name: "types", command: "tsc", args: ["--noEmit"] },
  { name: "types of the page's script", command: "tsc", args: ["--noEmit", "--project", "preview/page/browser"] },
  { name: "format", command: "prettier", args: ["--check", "--log-level=warn", "."] },
  { name: "lint", command: "eslint", args: [".", "--max-warnings=0"] },
];

/** The same, but that files which are as they were are not formatted and linted again; a type that changed elsewhere may be missed. */
export const CACHED_CHECKS: readonly Check[] = CHECKS.map((check) => {
  if (check.command === "tsc") return check;
  const cache = join("node_modules", ".cache", `${check.command}-of-the-house`);
  return { ...check, args: [...check.args, "--cache", "--cache-strategy", "content", "--cache-location", cache] };
});

/** `npm run check`: types, format and lint. */
export function checkCommand(): Command {
  return new Command("check").description("Check types, format and lint; all of them, whatever fails").action(() =>
    runCommand(async (signal) => {
      const codes = await runChecks(signal);
      process.exitCode = codes.every((code) => code === EXIT.ok) ? EXIT.ok : EXIT.failure;
    }),
  );
}

/**
 * Runs every check, whatever fails, and gives their exit codes.
 * @param say takes their output line by line. @default - it goes where this program's goes
 * @param checks which @default - all of them, whatever was checked before
 */
export async function runChecks(signal: AbortSignal, say?: Say, checks = CHECKS): Promise<number[]> {
  const codes: number[] = [];
  for (const check of checks) {
    (say ?? console.log)(`${check.name}: ${[check.command, ...check.args].join(" ")}`);
    codes.push(await runProgram({ ...check, say, signal }));
  }
  signal.throwIfAborted();
  return codes;
}
