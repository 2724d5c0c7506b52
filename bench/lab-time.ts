import { rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../runtime/errors";
import { startLab } from "../lab/lab";
import { LAB_DIRECTORY } from "../lab/paths";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { table } from "./table";
import { stopwatch, timed } from "./timed";
import type { Step } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench");

/** Duration of `npm run lab` by step: both cities deployed and planned again. Missing tools are built first. */
export async function benchLab(progress: Progress, signal: AbortSignal): Promise<string> {
  const clock = timed(progress);
  const [, total] = await stopwatch(() => deployAndPlan(clock.progress, signal));
  return table([["step", "s"], ...clock.steps.map(({ title, seconds }): Row => [title, seconds]), ["all", total]]);
}

type Row = [Step["title"], Step["seconds"]];

async function deployAndPlan(progress: Progress, signal: AbortSignal): Promise<void> {
  const environments = join(REPOSITORY, "environments");
  const lab = await startLab({ environments, directory: DIRECTORY, signal }, progress);
  try {
    await lab.deploy(lab.cities, { progress, signal });
    const plans = await lab.plan(lab.cities, { progress, signal });
    if (plans.some(({ result }) => result !== "unchanged")) throw new CommandError("the second plan is not empty");
  } finally {
    await lab.stop();
    rmSync(DIRECTORY, { recursive: true });
  }
}
