import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Say } from "../runtime/progress";
import { EXIT } from "../runtime/exit-code";
import { runProgram } from "./run-program";

/** Numbers of tests that passed, that failed, and that were skipped because a system package is missing. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of jest's JSON report that is read. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Where a test run's output goes, and its extra environment. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly say: Say;
  /** @default - none */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the tests of a jest project, and removes their temporary folder afterwards. */
export async function jest(
  project: string,
  { signal, say, env }: Watch,
  ...options: readonly string[]
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  const [report, tmp] = [join(folder, "report.json"), join(folder, "tmp")];
  mkdirSync(tmp);
  try {
    // jest writes to a pipe here, and takes CI for a terminal with colours.
    const colour = process.stdout.isTTY ? "--color" : "--no-color";
    const args = [...options, colour, "--selectProjects", project, "--json", "--outputFile", report];
    const code = await runProgram({ command: "jest", args, signal, say, env: { ...env, TMPDIR: tmp } });
    return existsSync(report) ? jestCounts(JSON.parse(readFileSync(report, "utf8")) as JestReport, code) : FAILED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One failure, for a runner that ended before it could report. */
export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The counts of a report. */
export function jestCounts(report: JestReport, code: number): Counts {
  return {
    passed: report.numPassedTests,
    failed: failures(report.numFailedTests + report.numRuntimeErrorTestSuites, code),
    skipped: report.numPendingTests,
  };
}

/** The number of failures: at least one where the runner's exit code is not 0. */
export function failures(counted: number, code: number): number {
  return counted === 0 && code !== EXIT.ok ? 1 : counted;
}
