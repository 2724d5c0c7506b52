import { rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../lab/child-environment";
import { startLab } from "../lab/lab";
import type { Lab } from "../lab/lab";
import { LAB_DIRECTORY, REPOSITORY } from "../lab/paths";
import { runOrThrow } from "../lab/process";
import type { Progress } from "../lab/progress";
import { Redactor } from "../lab/redactor";
import type { Watch } from "./bench-lab";
import { median, table } from "./table";
import { elapsed, tenths } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench-preview");
const RUNS = 3;
const PLAN = ["plan", "-input=false", "-lock=false", "-no-color"];

interface Way {
  readonly title: string;
  readonly runs: number;
  readonly work: () => Promise<unknown>;
}

/** What the preview of both cities takes, warm, against Terraform's bare plans and `cdktf diff` of the same stacks. */
export async function benchPreviewTime(progress: Progress, signal: AbortSignal): Promise<string> {
  const environments = join(REPOSITORY, "environments");
  const lab = await startLab({ environments, directory: DIRECTORY, signal }, progress);
  try {
    await lab.deploy(lab.cities, { progress, signal });
    return await compared(ways(lab, signal), { progress, signal });
  } finally {
    await lab.stop();
    rmSync(DIRECTORY, { recursive: true });
  }
}

/** The preview first: what it is compared with. */
function ways(lab: Lab, signal: AbortSignal): readonly Way[] {
  const program = (args: readonly string[], cwd = REPOSITORY): Promise<void> => runIn(lab, args, cwd, signal);
  const preview = [join("cli", "bootstrap.mjs"), "preview"];
  const { terraform } = lab.data.programs;
  const plans = (): Promise<void> =>
    each(lab.stacks(), (stack) => program([terraform, ...PLAN], join(lab.paths.output, "stacks", stack)));
  return [
    {
      ...{ title: "`npm run preview` of each city", runs: RUNS },
      work: () => each(lab.cities, (city) => program([process.execPath, ...preview, city])),
    },
    { title: "bare `terraform plan`, one stack after the other", runs: RUNS, work: plans },
    {
      ...{ title: "bare `terraform plan`, two stacks at a time", runs: RUNS },
      work: () => lab.plan(lab.cities, { signal }),
    },
    {
      ...{ title: "`cdktf synth`, then bare `terraform plan`, one stack after the other", runs: RUNS },
      work: async () => {
        await program(["npx", "cdktf", "synth"]);
        await plans();
      },
    },
    {
      ...{ title: "`cdktf diff` of each stack", runs: 1 },
      work: () => each(lab.stacks(), (stack) => program(["npx", "cdktf", "diff", stack])),
    },
  ];
}

async function compared(all: readonly Way[], { progress }: Watch): Promise<string> {
  const times: number[] = [];
  for (const { title, runs, work } of all) {
    if (runs > 1) await progress.step(`${title}, to warm up`, work);
    const measured: number[] = [];
    for (let run = 0; run < runs; run += 1) measured.push((await elapsed(() => progress.step(title, work)))[1]);
    times.push(median(measured));
  }
  const [preview = NaN] = times;
  const rows = all.map(({ title }, index): (string | number)[] => {
    const time = times[index] ?? NaN;
    return [title, tenths(time), Number((time / preview).toFixed(2))];
  });
  return table([["way", "s", "times the preview"], ...rows]);
}

/** Runs a program with the lab's variables, those of each city's vCenter among what the stacks say themselves. */
async function runIn(
  lab: Lab,
  [command = "", ...args]: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  const env = childEnvironment(lab.paths, lab.environment());
  await runOrThrow(command, { command, args, cwd, env, redactor: new Redactor(lab.secrets), signal });
}

async function each(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  for (const name of names) await work(name);
}
