import { Command, Option } from "commander";
import { missing, namesOf } from "./system-need";
import type { SystemNeed } from "./system-need";
import { EXIT } from "../runtime/exit-code";
import { messageOf } from "../runtime/errors";
import { explain, runCommand } from "./run-command";
import type { Counts } from "./jest-run";
import { soakLanes } from "./soak-groups";
import { add, NONE, quickLanes, testLanes } from "./test-groups";
import type { Lane, TestGroup } from "./test-groups";

interface TestOptions {
  readonly quick?: true;
  readonly since: string;
  readonly soak?: true;
}

/** `npm test`: runs every group, the lab's beside the others; its last lines say what failed, and the counts. */
export function testCommand(): Command {
  return new Command("test")
    .description("Install missing tools, check types, format and lint, and run every test, the lab's beside the others")
    .option("--quick", "types, format and lint, and the unit tests of the changed rooms and files")
    .option("--since <commit>", "with --quick: the commit before the change", "HEAD")
    .addOption(new Option("--soak", "the long tests in full, and random tests with other seeds").conflicts("quick"))
    .action((options: TestOptions) => runCommand((signal) => runAll(lanesOf(options), signal)));
}

function lanesOf({ quick, since, soak }: TestOptions): readonly Lane[] {
  if (soak) return soakLanes();
  return quick ? quickLanes(since) : testLanes();
}

async function runAll(lanes: readonly Lane[], signal: AbortSignal): Promise<void> {
  const counts = await Promise.all(lanes.map((lane) => runLane(lane, signal)));
  signal.throwIfAborted();
  const sum = counts.reduce(add, NONE);
  const skipped = sum.skipped > 0 ? `, ${String(sum.skipped)} skipped` : "";
  for (const failure of sum.failed) console.log(`FAILED ${failure}`);
  console.log(`${String(sum.passed)} passed, ${String(sum.failed.length)} failed${skipped}`);
  process.exitCode = sum.failed.length > 0 ? EXIT.failure : EXIT.ok;
}

/** Never rejects: the other lane's programs must have ended too before this process ends. */
async function runLane(lane: Lane, signal: AbortSignal): Promise<Counts> {
  let sum = NONE;
  for (const group of lane) {
    if (!signal.aborted) sum = add(sum, await runGroup(group, signal));
  }
  return sum;
}

async function runGroup(group: TestGroup, signal: AbortSignal): Promise<Counts> {
  console.log(`== ${group.name}`);
  const lacking = missing(group.needs);
  if (lacking.length > 0) return without(group, lacking);
  const start = performance.now();
  const say = (line: string): void => {
    console.log(`${group.label} | ${line}`.trimEnd());
  };
  const counts = await group.run(signal, say).catch(unable);
  console.log(`== ${group.name}: ${String(Math.round((performance.now() - start) / 1000))} s`);
  return { ...counts, failed: counts.failed.map((failure) => `${group.name}: ${failure}`) };
}

/** A group that could not start counts as one failure; the others still run. */
function unable(error: unknown): Counts {
  explain(error);
  return { ...NONE, failed: [messageOf(error)] };
}

/** A group that lacks a system package is skipped and shown as such on a developer's machine, and fails in CI. */
function without(group: TestGroup, lacking: readonly SystemNeed[]): Counts {
  const inCi = process.env.CI === "true";
  const reason = `${group.name}: not on PATH: ${namesOf(lacking)}`;
  if (inCi) return { ...NONE, failed: [reason] };
  console.log(`SKIPPED ${reason}`);
  return { ...NONE, skipped: 1 };
}
