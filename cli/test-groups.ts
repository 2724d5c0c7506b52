import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY, sharedPaths } from "../lab/paths";
import { goEnvironment } from "../lab/tools/go-tool";
import { installTools } from "../lab/tools/install";
import { providerSource } from "../lab/tools/provider-source";
import { GO_INSTALLATION } from "../lab/tools/requirements";
import { LabError } from "../lab/errors";
import { namespaceObstacle } from "../proof/namespaces";
import { runChecks } from "./check";
import { EXIT } from "./exit-code";
import { cliProgress } from "./lab-progress";
import { runProgram } from "./run-program";

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
  /** The signal ends it; it then rejects or counts what it has, and nothing that it started is left. */
  readonly run: (signal: AbortSignal) => Promise<Counts>;
}

const GO: Need = { program: "go", install: GO_INSTALLATION };
const PYTHON: Need = { program: "python3", install: "apt-get install python3 python3-pip" };
/** What the packet proof is made of; all of it Debian's. */
const NETWORK: readonly Need[] = [
  { program: "nft", install: "apt-get install nftables" },
  { program: "ip", install: "apt-get install iproute2" },
  { program: "unshare", install: "apt-get install util-linux" },
  { program: "keepalived", install: "apt-get install keepalived" },
];
const GO_MODULE = join(REPOSITORY, "lab", "vcenter");

/** All groups, the quick ones first. */
export const TEST_GROUPS: readonly TestGroup[] = [
  { name: "types, format and lint", needs: [], run: checks },
  { name: "units and synthesis", needs: [], run: (signal) => jest("unit", signal, "--maxWorkers=100%") },
  { name: "the network", needs: [PYTHON, ...NETWORK], run: networkTests },
  { name: "the simulated vCenter", needs: [GO], run: goTests },
  { name: "the lab", needs: [GO, PYTHON], run: labTests },
];

/** The sum of two counts. */
export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Debian leaves these out of an ordinary user's PATH; proof/ looks there too. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];

/** Programs of a group that PATH does not lead to. */
export function missing(needs: readonly Need[]): Need[] {
  const folders = [...(process.env.PATH ?? "").split(":"), ...SYSTEM_FOLDERS];
  return needs.filter(({ program }) => !folders.some((folder) => existsSync(join(folder, program))));
}

async function checks(signal: AbortSignal): Promise<Counts> {
  const codes = await runChecks(signal);
  const passed = codes.filter((code) => code === EXIT.ok).length;
  return { passed, failed: codes.length - passed, skipped: 0 };
}

/** What is read of jest's own report. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** One test file after the other: each fills the machine by itself. */
async function networkTests(signal: AbortSignal): Promise<Counts> {
  const obstacle = namespaceObstacle();
  if (obstacle !== undefined) throw new LabError(obstacle);
  return jest("network", signal, "--runInBand");
}

/** The tools are installed first, where their progress is seen; the tests share the machine, so one runs at a time. */
async function labTests(signal: AbortSignal): Promise<Counts> {
  await installTools({ providers: providerSource("built"), signal }, cliProgress());
  return jest("lab", signal, "--runInBand");
}

async function jest(project: string, signal: AbortSignal, ...options: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  const report = join(folder, "report.json");
  try {
    // Jest takes CI for a terminal with colours.
    const colour = process.stdout.isTTY ? [] : ["--no-color"];
    const args = [...options, ...colour, "--selectProjects", project, "--json", "--outputFile", report];
    const code = await runProgram({ command: "jest", args, signal });
    return existsSync(report) ? jestCounts(JSON.parse(readFileSync(report, "utf8")) as JestReport, code) : FAILED;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One failure, also of a runner that ended before it could report. */
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The counts of a report; a runner that ended badly though no test failed counts as one failure. */
export function jestCounts(report: JestReport, code: number): Counts {
  return {
    passed: report.numPassedTests,
    failed: failures(report.numFailedTests + report.numRuntimeErrorTestSuites, code),
    skipped: report.numPendingTests,
  };
}

function failures(counted: number, code: number): number {
  return counted === 0 && code !== EXIT.ok ? 1 : counted;
}

interface GoEvent {
  readonly Action: string;
  readonly Test?: string;
  readonly Output?: string;
}

async function goTests(signal: AbortSignal): Promise<Counts> {
  const events: GoEvent[] = [];
  const shared = sharedPaths();
  mkdirSync(shared.tmp, { recursive: true });
  const code = await runProgram({
    command: "go",
    args: ["test", "-json", "./..."],
    cwd: GO_MODULE,
    env: goEnvironment(shared),
    onLine: (line) => events.push(goEvent(line)),
    signal,
  });
  signal.throwIfAborted();
  return add(await goStyle(), goCounts(events, code));
}

/** gofmt names the files that it would change, and always ends well. */
async function goStyle(): Promise<Counts> {
  const unformatted: string[] = [];
  const onLine = (line: string): number => unformatted.push(line);
  await runProgram({ command: "gofmt", args: ["-l", "."], cwd: GO_MODULE, onLine });
  if (unformatted.length > 0) console.log(`gofmt would change ${unformatted.join(", ")}`);
  return unformatted.length > 0 ? FAILED : { passed: 1, failed: 0, skipped: 0 };
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
  return { passed: count("pass"), failed: failures(count("fail"), code), skipped: count("skip") };
}
