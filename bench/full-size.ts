import { rmSync } from "node:fs";
import { join } from "node:path";
import { startLab } from "../lab/lab";
import { LAB_DIRECTORY } from "../lab/paths";
import { CommandError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { variable } from "../runtime/variable";
import { PROVIDERS } from "../terraform/home";
import { deploymentShares, programShares } from "./process-cpu";
import { table } from "./table";
import { stopwatch } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench-full-size");
/** As the lab understands it. */
const ALL = 0;
const HEAD = [
  "step",
  "clock, s",
  "Terraform, s",
  "provider, s",
  "simulator, s",
  "Terraform, MB",
  "provider, MB",
  "simulator, MB",
];

/**
 * Deploys the shipped cities at full size and plans them again, with processor time and the most memory of one process of each
 * program: hours. POSTAZIONI_BENCH_CITY names one of them, and
 * POSTAZIONI_BENCH_SEATS how many seats of each pool.
 */
export async function benchFullSize(progress: Progress, signal: AbortSignal): Promise<string> {
  const environments = join(REPOSITORY, "environments");
  const seatsPerPool = Number(variable("POSTAZIONI_BENCH_SEATS") ?? ALL);
  const providers = variable(PROVIDERS);
  const lab = await startLab({ environments, directory: DIRECTORY, seatsPerPool, providers, signal }, progress);
  try {
    const city = variable("POSTAZIONI_BENCH_CITY");
    const cities = city === undefined ? lab.cities : [city];
    const deploy = await stepOf(`deploy ${cities.join(", ")}`, () => lab.deploy(cities, { progress, signal }));
    const plan = await stepOf(`plan ${cities.join(", ")}`, async () => {
      const plans = await lab.plan(cities, { progress, signal });
      if (plans.some(({ result }) => result !== "unchanged")) throw new CommandError("the second plan is not empty");
    });
    return table([HEAD, deploy, plan]);
  } finally {
    await lab.stop();
    rmSync(DIRECTORY, { recursive: true });
  }
}

async function stepOf(title: string, work: () => Promise<unknown>): Promise<(string | number)[]> {
  const [[, shares], seconds] = await stopwatch(() => programShares(work));
  const { core, provider, simulator } = deploymentShares(shares);
  const all = [core, provider, simulator];
  return [title, seconds, ...all.map((share) => share.seconds), ...all.map(({ peakMib }) => peakMib)];
}
