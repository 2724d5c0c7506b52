import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Say } from "../runtime/progress";
import { EXIT } from "../runtime/exit-code";
import { REPOSITORY } from "../runtime/paths";
import { runProgram } from "./run-program";
import { inTemporaryFolder } from "../runtime/temporary-folder";

/** What came of tests. */
export interface Counts {
  /** Number of tests that passed. */
  readonly passed: number;
  /** The name of each that failed, and the beginning of why, in lines. */
  readonly failed: readonly string[];
  /** Number of those skipped because a system package is missing. */
  readonly skipped: number;
}

/** The part of jest's JSON report that is read. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly JestFile[];
}

interface JestFile {
  /** Absolute path of the test file. */
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages?: readonly string[] | null;
  }[];
}

/** Lines of a failure that are said once more at the end. */
const MOST_LINES = 12;

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
  return inTemporaryFolder("jest-", async (folder) => {
    const [report, tmp] = [join(folder, "report.json"), join(folder, "tmp")];
    mkdirSync(tmp);
    // jest writes to a pipe here, and takes CI for a terminal with colours.
    const colour = process.stdout.isTTY ? "--color" : "--no-color";
    const args = [...options, colour, "--selectProjects", project, "--json", "--outputFile", report];
    const code = await runProgram({ command: "jest", args, signal, say, env: { ...env, TMPDIR: tmp } });
    return existsSync(report) ? jestCounts(JSON.parse(readFileSync(report, "utf8")) as JestReport, code) : FAILED;
  });
}

/** One failure, for a runner that ended before it could report. */
export const FAILED: Counts = { passed: 0, failed: ["it ended before it could report"], skipped: 0 };

/** The counts of a report. */
export function jestCounts(report: JestReport, code: number): Counts {
  return {
    passed: report.numPassedTests,
    failed: failures(report.testResults.flatMap(failuresOf), code),
    skipped: report.numPendingTests,
  };
}

/** The tests of a file that failed; a file that could not be run is one. */
function failuresOf({ name, status, message, assertionResults }: JestFile): string[] {
  const file = relative(REPOSITORY, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0) return status === "failed" ? [`${file}\n${beginning(message)}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) => `${file}: ${fullName}\n${beginning(failureMessages?.[0] ?? "")}`,
  );
}

function beginning(message: string): string {
  return message.split("\n").slice(0, MOST_LINES).join("\n").trim();
}

/** What failed: at least the runner itself where its exit code is not 0. */
export function failures(named: readonly string[], code: number): readonly string[] {
  return named.length === 0 && code !== EXIT.ok ? [`the runner ended with exit code ${String(code)}`] : named;
}
