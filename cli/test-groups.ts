import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS } from "./check";
import { EXIT } from "./exit-code";
import { ROOT, runProgram } from "./run-program";

/** How many tests passed, failed, and could not run for want of a system package. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A program that a group needs from the system. */
export interface Need {
  /** Its name on PATH. */
  readonly program: string;
  /** How it is installed. */
  readonly install: string;
}

/** Tests that run together. */
export interface TestGroup {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly run: () => Promise<Counts>;
}

const GO: Need = { program: "go", install: "Go 1.26 or later: https://go.dev/doc/install" };
const PYTHON: Need = { program: "python3", install: "apt-get install python3 python3-pip" };
const GO_MODULE = join(ROOT, "lab", "vcenter");

/** All groups, the quick ones first. */
export const TEST_GROUPS: readonly TestGroup[] = [
  { name: "types, format and lint", needs: [], run: checks },
  { name: "units and synthesis", needs: [], run: () => jest("unit") },
  { name: "the simulated vCenter", needs: [GO], run: goTests },
  { name: "the lab", needs: [GO, PYTHON], run: () => jest("lab") },
];

/** Programs of a group that PATH does not lead to. */
export function missing(needs: readonly Need[]): Need[] {
  const folders = (process.env.PATH ?? "").split(":");
  return needs.filter(({ program }) => !folders.some((folder) => existsSync(join(folder, program))));
}

async function checks(): Promise<Counts> {
  const codes: number[] = [];
  for (const check of CHECKS) codes.push(await runProgram(check));
  const passed = codes.filter((code) => code === EXIT.ok).length;
  return { passed, failed: codes.length - passed, skipped: 0 };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

async function jest(project: string): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  const report = join(folder, "report.json");
  try {
    await runProgram({ command: "jest", args: ["--selectProjects", project, "--json", "--outputFile", report] });
    return existsSync(report) ? jestCounts(JSON.parse(readFileSync(report, "utf8")) as JestReport) : NOTHING_RAN;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A runner that ends before it can report has failed. */
const NOTHING_RAN: Counts = { passed: 0, failed: 1, skipped: 0 };

function jestCounts(report: JestReport): Counts {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
  };
}

interface GoEvent {
  readonly Action: string;
  readonly Test?: string;
  readonly Output?: string;
}

async function goTests(): Promise<Counts> {
  const events: GoEvent[] = [];
  let rest = "";
  const code = await runProgram({
    command: "go",
    args: ["test", "-json", "./..."],
    cwd: GO_MODULE,
    onOutput: (text) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) events.push(goEvent(line));
    },
  });
  return goCounts(events, code);
}

function goEvent(line: string): GoEvent {
  const event = JSON.parse(line) as GoEvent;
  if (event.Action === "output" && /^(?:---|ok|FAIL|\s+\w+_test\.go)/.test(event.Output ?? "")) {
    process.stdout.write(event.Output ?? "");
  }
  return event;
}

function goCounts(events: readonly GoEvent[], code: number): Counts {
  const count = (action: string): number =>
    events.filter((event) => event.Action === action && event.Test !== undefined).length;
  const failed = count("fail");
  return { passed: count("pass"), failed: failed === 0 && code !== EXIT.ok ? 1 : failed, skipped: count("skip") };
}
