import { rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../lab/child-environment";
import { startLab } from "../lab/lab";
import type { Lab } from "../lab/lab";
import { LAB_DIRECTORY } from "../lab/paths";
import { REPOSITORY } from "../runtime/paths";
import { runOrThrow } from "../runtime/process";
import type { ChildResult } from "../runtime/process";
import type { Progress, Say } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import { variable } from "../runtime/variable";
import { PROVIDERS } from "../terraform/home";
import type { Watch } from "./bench-lab";
import { deploymentShares, programShares } from "./process-cpu";
import { table } from "./table";
import { stopwatch } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench-full-size");
/** As the lab understands it. */
const ALL = 0;
const PROGRAMS = ["node", "core", "provider", "simulator"] as const;
const HEAD = [
  ...["step", "clock, s", "our command, s", "Terraform, s", "provider, s", "simulator, s"],
  ...["our command, MB", "Terraform, MB", "provider, MB", "simulator, MB"],
];
/** A line of our own progress: a step of the command, and how long it took. */
const STEP = /^(Plan|Apply|Deploy|Preview)\b.*: done in ([\d.]+) s$/;

type Row = (string | number)[];

/**
 * Deploys the shipped cities at full size and previews them again, with processor time and the most memory of one process of each
 * program: hours. POSTAZIONI_BENCH_CITY names one of them, and
 * POSTAZIONI_BENCH_SEATS how many seats of each pool.
 */
export async function benchFullSize(progress: Progress, signal: AbortSignal): Promise<string> {
  const environments = join(REPOSITORY, "environments");
  const seatsPerPool = Number(variable("POSTAZIONI_BENCH_SEATS") ?? ALL);
  const providers = variable(PROVIDERS);
  const lab = await startLab({ environments, directory: DIRECTORY, seatsPerPool, providers, signal }, progress);
  const rows: Row[] = [];
  try {
    const named = variable("POSTAZIONI_BENCH_CITY");
    for (const city of named === undefined ? lab.cities : [named]) {
      rows.push(...(await stepOf(lab, ["deploy", city, "--yes"], { progress, signal })));
      rows.push(...(await stepOf(lab, ["preview", city, "--out", "/dev/null"], { progress, signal })));
    }
    return table([HEAD, ...rows]);
  } catch (error) {
    process.stderr.write(`Measured until then:\n${table([HEAD, ...rows])}\n`);
    throw error;
  } finally {
    await lab.stop();
    rmSync(DIRECTORY, { recursive: true });
  }
}

/** What a command took, and below it the clock of its own steps. @throws CommandError where it failed, or a preview is not empty */
async function stepOf(lab: Lab, args: readonly string[], { progress, signal }: Watch): Promise<Row[]> {
  const steps: Row[] = [];
  const title = args.slice(0, 2).join(" ");
  const work = (say: Say): Promise<ChildResult> =>
    runOrThrow(title, {
      ...{ command: process.execPath, args: ["cli/bootstrap.mjs", ...args], cwd: REPOSITORY, signal },
      env: childEnvironment(lab.paths, lab.environment(args[1])),
      redactor: new Redactor(lab.secrets),
      onLine: (line) => {
        const [, step, seconds] = STEP.exec(line) ?? [];
        if (step !== undefined)
          steps.push([`of it: ${step}`, Number(seconds), ...Array<string>(2 * PROGRAMS.length).fill("")]);
        say(line);
      },
    });
  const [[, shares], seconds] = await stopwatch(() => programShares(() => progress.step(title, work)));
  const all = deploymentShares(shares);
  const [times, peaks] = [PROGRAMS.map((name) => all[name].seconds), PROGRAMS.map((name) => all[name].peakMib)];
  return [[title, seconds, ...times, ...peaks], ...steps];
}
