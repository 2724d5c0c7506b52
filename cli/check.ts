import { join } from "node:path";
import { Command } from "commander";
import type { Say } from "../runtime/progress";
import { EXIT } from "../runtime/exit-code";
import { runCommand } from "./run-command";
import { runProgram } from "./run-program";
import type { Program } from "./run-program";

/** A check of the code that is not a test. */
export interface Check extends Program {
  /** Short name, as the output shows it. */
  readonly name: string;
}

function cacheOf(program: string): string {
  return join("node_modules", ".cache", `${program}-of-the-house`);
}

function cached(program: string): string[] {
  return ["--cache", "--cache-strategy", "content", "--cache-location", cacheOf(program)];
}

/**
 * Types, format and lint, cheapest first. What did not change since it was checked is not checked again. For types and format that misses
 * nothing; lint may miss what a type that changed in another file makes wrong: CI's clone has no cache, so CI misses nothing.
 */
export const CHECKS: readonly Check[] = [
  { name: "types", command: "tsc", args: ["--noEmit", "--incremental", "--tsBuildInfoFile", cacheOf("tsc")] },
  { name: "types of the page's script", command: "tsc", args: ["--noEmit", "--project", "preview/page/browser"] },
  { name: "format", command: "prettier", args: ["--check", "--log-level=warn", ".", ...cached("prettier")] },
  { name: "lint", command: "eslint", args: [".", "--max-warnings=0", ...cached("eslint")] },
];

/** `npm run check`: types, format and lint. */
export function checkCommand(): Command {
  return new Command("check").description("Check types, format and lint, even after a failure").action(() =>
    runCommand(async (signal) => {
      const codes = await runChecks(signal);
      process.exitCode = codes.every((code) => code === EXIT.ok) ? EXIT.ok : EXIT.failure;
    }),
  );
}

/**
 * Runs every check, even after one failed, and returns their exit codes.
 * @param say gets their output line by line. @default - the output of this process
 */
export async function runChecks(signal: AbortSignal, say?: Say): Promise<number[]> {
  const codes: number[] = [];
  for (const check of CHECKS) {
    (say ?? console.log)(`${check.name}: ${[check.command, ...check.args].join(" ")}`);
    codes.push(await runProgram({ ...check, say, signal }));
  }
  signal.throwIfAborted();
  return codes;
}
