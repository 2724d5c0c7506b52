import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LAB_DIRECTORY, sharedPaths } from "../lab/paths";
import { REPOSITORY } from "../runtime/paths";
import type { Say } from "../runtime/progress";
import { goEnvironment } from "../lab/tools/go-tool";
import { installTools } from "../lab/tools/install";
import type { SystemNeed } from "./system-need";
import { checkPacketProof } from "./packet-proof";
import { CHECKS, runChecks } from "./check";
import { EXIT } from "../runtime/exit-code";
import { failures, jest } from "./jest-run";
import type { Counts } from "./jest-run";
import { plainProgress } from "./progress";
import { runProgram } from "./run-program";
import { GO, LAB, MONITORING, NETWORK, PAGE } from "./test-needs";
import { testProviders } from "./test-providers";
import { changedFiles, touchedTests } from "./touched-tests";

/** Tests that run together. */
export interface TestGroup {
  readonly name: string;
  readonly needs: readonly SystemNeed[];
  /** Prefix of its lines, beside those of other groups. */
  readonly label: string;
  /**
   * Ends on the signal: it then rejects or returns the counts so far, and leaves no child process. `say` gets the
   * output line by line.
   */
  readonly run: (signal: AbortSignal, say: Say) => Promise<Counts>;
}

const GO_MODULE = join(REPOSITORY, "lab", "vcenter");
/**
 * A fixed path, or Go would forget which tests passed; outside the tools' folder, which the lab removes when it builds
 * them.
 */
const GO_TMP = join(LAB_DIRECTORY, "test-go");

const CHECKED: TestGroup = { name: "types, format and lint", label: "check", needs: [], run: checks };

/** Groups that run one after the other; several lanes run side by side. */
export type Lane = readonly TestGroup[];

/**
 * All that a change must pass. On two cores the lab and the units take about as long as each other, and both wait for servers and
 * disks: what waits most, the network's packets, runs beside them.
 */
export function testLanes(): readonly Lane[] {
  return [
    [{ name: "the lab", label: "lab", needs: LAB, run: labTests }],
    [CHECKED, { name: "units and synthesis", label: "unit", needs: [], run: unitTests }],
    [
      { name: "the network", label: "network", needs: NETWORK, run: networkTests },
      { name: "the preview's page", label: "page", needs: PAGE, run: pageTests },
      { name: "the monitoring's rules", label: "monitoring", needs: MONITORING, run: monitoringTests },
      { name: "the simulated vCenter", label: "vcenter", needs: [GO], run: goTests },
    ],
  ];
}

/**
 * Types, format and lint, beside the unit tests that a change touches.
 * @param since the commit before the change; uncommitted files count too
 */
export function quickLanes(since: string): readonly Lane[] {
  return [
    [CHECKED],
    [{ name: "units", label: "unit", needs: [], run: (signal, say) => unitsTouched(since, signal, say) }],
  ];
}

async function unitsTouched(since: string, signal: AbortSignal, say: Say): Promise<Counts> {
  const tests = touchedTests(changedFiles(since));
  if (tests.length === 0) return NONE;
  // Tests of other projects among them are left out by jest.
  return jest("unit", { signal, say }, "--passWithNoTests", "--maxWorkers=2", "--runTestsByPath", ...tests);
}

/** No test. */
export const NONE: Counts = { passed: 0, failed: [], skipped: 0 };

/** The sum of two counts. */
export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: [...a.failed, ...b.failed], skipped: a.skipped + b.skipped };
}

async function checks(signal: AbortSignal, say: Say): Promise<Counts> {
  const codes = await runChecks(signal, say);
  const failed = CHECKS.filter((_, at) => codes[at] !== EXIT.ok).map(({ name }) => name);
  return { passed: codes.length - failed.length, failed, skipped: 0 };
}

function unitTests(signal: AbortSignal, say: Say): Promise<Counts> {
  return jest("unit", { signal, say }, "--maxWorkers=100%");
}

function monitoringTests(signal: AbortSignal, say: Say): Promise<Counts> {
  return jest("monitoring", { signal, say }, "--runInBand");
}

function pageTests(signal: AbortSignal, say: Say): Promise<Counts> {
  return jest("page", { signal, say }, "--runInBand");
}

/** One test file after the other: each makes network namespaces and sends as fast as it can. */
async function networkTests(signal: AbortSignal, say: Say): Promise<Counts> {
  checkPacketProof(); // once, with a clear message, before each test fails for the same reason
  return jest("network", { signal, say }, "--runInBand");
}

/**
 * Installs the tools first, so that their progress is visible; then runs three test files at a time, each with its own
 * lab: with two, a core is idle for a third of the time.
 */
async function labTests(signal: AbortSignal, say: Say): Promise<Counts> {
  const { source, env } = await testProviders(say);
  await installTools({ providers: source, signal }, plainProgress(say));
  return jest("lab", { signal, say, env }, "--maxWorkers=3");
}

interface GoEvent {
  readonly Action: string;
  readonly Test?: string;
  readonly Output?: string;
}

async function goTests(signal: AbortSignal, say: Say): Promise<Counts> {
  const events: GoEvent[] = [];
  mkdirSync(GO_TMP, { recursive: true });
  const code = await runProgram({
    command: "go",
    args: ["test", "-json", "./..."],
    cwd: GO_MODULE,
    env: { ...goEnvironment(sharedPaths()), TMPDIR: GO_TMP },
    onLine: (line) => events.push(goEvent(line, say)),
    say,
    signal,
  });
  rmSync(GO_TMP, { recursive: true, force: true });
  signal.throwIfAborted();
  return add(await goStyle(say), goCounts(events, code));
}

/** gofmt lists the files that it would change, and always exits with 0. */
async function goStyle(say: Say): Promise<Counts> {
  const unformatted: string[] = [];
  const onLine = (line: string): number => unformatted.push(line);
  await runProgram({ command: "gofmt", args: ["-l", "."], cwd: GO_MODULE, onLine, say });
  if (unformatted.length > 0) say(`gofmt would change ${unformatted.join(", ")}`);
  return unformatted.length > 0 ? { ...NONE, failed: ["gofmt"] } : { ...NONE, passed: 1 };
}

function goEvent(line: string, say: Say): GoEvent {
  const event = JSON.parse(line) as GoEvent;
  const output = event.Action === "output" ? (event.Output ?? "") : "";
  if (/^(?:---|ok|FAIL|\s+\w+_test\.go)/.test(output)) say(output.trimEnd());
  return event;
}

function goCounts(events: readonly GoEvent[], code: number): Counts {
  const ended = (action: string): string[] =>
    events.flatMap(({ Action, Test }) => (Action === action && Test !== undefined ? [Test] : []));
  return { passed: ended("pass").length, failed: failures(ended("fail"), code), skipped: ended("skip").length };
}
