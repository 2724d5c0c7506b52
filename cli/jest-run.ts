import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Say } from "../runtime/progress";
import { EXIT } from "./exit-code";
import { runProgram } from "./run-program";

/** How many tests passed, failed, and could not run for want of a system package. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is read of jest's own report. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Who watches a run of tests, and what it has in its environment beside this program's own. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly say: Say;
  /** @default - nothing */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs tests of a project of jest's. What they leave in their temporary folder goes with it. */
export async function jest(
  project: string,
  { signal, say, env }: Watch,
  ...options: readonly string[]
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  const [report, tmp] = [join(folder, "report.json"), join(folder, "tmp")];
  mkdirSync(tmp);
  try {
    // Its output is no terminal, and jest takes CI for one with colours.
    const colour = process.stdout.isTTY ? "--color" : "--no-color";
    const args = [...options, colour, "--selectProjects", project, "--json", "--outputFile", report];
    const code = await runProgram({ command: "jest", args, signal, say, env: { ...env, TMPDIR: tmp } });
    return existsSync(report) ? jestCounts(JSON.parse(readFileSync(report, "utf8")) as JestReport, code) : FAILED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One failure, also of a runner that ended before it could report. */
export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The counts of a report. */
export function jestCounts(report: JestReport, code: number): Counts {
  return {
    passed: report.numPassedTests,
    failed: failures(report.numFailedTests + report.numRuntimeErrorTestSuites, code),
    skipped: report.numPendingTests,
  };
}

/** A runner that ended badly though no test failed counts as one failure. */
export function failures(counted: number, code: number): number {
  return counted === 0 && code !== EXIT.ok ? 1 : counted;
}
