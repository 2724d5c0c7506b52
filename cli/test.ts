import { Command } from "commander";
import { EXIT } from "./exit-code";
import { explain, guarded } from "./lab-guard";
import { add, missing, TEST_GROUPS } from "./test-groups";
import type { Counts, TestGroup } from "./test-groups";

/** `npm test`: every group one after the other; the last line counts. */
export function testCommand(): Command {
  return new Command("test")
    .description("Install what is missing, check types, format and lint, and run every test, the lab's last")
    .action(() => guarded(runAll));
}

async function runAll(signal: AbortSignal): Promise<void> {
  let sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const group of TEST_GROUPS) {
    sum = add(sum, await runGroup(group, signal));
    signal.throwIfAborted();
  }
  const skipped = sum.skipped > 0 ? `, ${String(sum.skipped)} skipped` : "";
  console.log(`${String(sum.passed)} passed, ${String(sum.failed)} failed${skipped}`);
  process.exitCode = sum.failed > 0 ? EXIT.failure : EXIT.ok;
}

async function runGroup(group: TestGroup, signal: AbortSignal): Promise<Counts> {
  console.log(`\n== ${group.name}`);
  const lacking = missing(group.needs);
  if (lacking.length > 0)
    return without(
      group,
      lacking.map(({ program, install }) => `${program} (${install})`),
    );
  const start = Date.now();
  const counts = await group.run(signal).catch(unable);
  console.log(`== ${group.name}: ${String(Math.round((Date.now() - start) / 1000))} s`);
  return counts;
}

/** A group that could not even start has failed; the others still run. */
function unable(error: unknown): Counts {
  explain(error);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** On a developer's machine a group may be missing, never unseen; in CI it is a failure. */
function without(group: TestGroup, lacking: readonly string[]): Counts {
  const inCi = process.env.CI === "true";
  console.log(`${inCi ? "FAILED" : "SKIPPED"} ${group.name}: not on PATH: ${lacking.join("; ")}`);
  return { passed: 0, failed: inCi ? 1 : 0, skipped: inCi ? 0 : 1 };
}
