import { rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../lab/child-environment";
import { startLab } from "../lab/lab";
import type { Lab } from "../lab/lab";
import { LAB_DIRECTORY } from "../lab/paths";
import { REPOSITORY } from "../runtime/paths";
import { runOrThrow } from "../runtime/process";
import type { ChildOptions } from "../runtime/process";
import type { Progress } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import { shortLived } from "../terraform/run";
import type { Watch } from "./bench-lab";
import { median, table } from "./table";
import { elapsed, tenths } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench-preview");
const RUNS = 5;
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
  const program = (args: readonly string[]): Promise<void> => runIn(lab, args, { cwd: REPOSITORY, signal });
  const preview = [process.execPath, join("cli", "bootstrap.mjs"), "preview"];
  const often = (title: string, work: Way["work"]): Way => ({ title, runs: RUNS, work });
  const plans = (variables = {}): Promise<void> => barePlans(lab, variables, signal);
  return [
    often("`npm run preview` of each city", () => each(lab.cities, (city) => program([...preview, city]))),
    often("bare `terraform plan`, one stack after the other", () => plans()),
    often(`the same with GOGC=${shortLived().GOGC}, as the preview has it`, () => plans(shortLived())),
    often("the same, and two stacks at a time", () => lab.plan(lab.cities, { signal })),
    often("`cdktf synth`, then bare `terraform plan`, one stack after the other", async () => {
      await program(["npx", "cdktf", "synth"]);
      await plans();
    }),
    {
      ...{ title: "`cdktf diff` of each stack", runs: 1 },
      work: () => each(lab.stacks(), (stack) => program(["npx", "cdktf", "diff", stack])),
    },
  ];
}

function barePlans(lab: Lab, variables: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  const { terraform } = lab.data.programs;
  const folderOf = (stack: string): string => join(lab.paths.output, "stacks", stack);
  return each(lab.stacks(), (stack) => runIn(lab, [terraform, ...PLAN], { cwd: folderOf(stack), signal }, variables));
}

/** The variants in turn, so that other load on the machine affects all of them. */
async function compared(all: readonly Way[], { progress }: Watch): Promise<string> {
  for (const { title, runs, work } of all) if (runs > 1) await progress.step(`${title}, to warm up`, work);
  const measured = all.map((): number[] => []);
  for (let round = 0; round < RUNS; round += 1) {
    for (const [index, { title, runs, work }] of all.entries())
      if (round < runs) measured[index]?.push((await elapsed(() => progress.step(title, work)))[1]);
  }
  const times = measured.map(median);
  const [preview = NaN] = times;
  const rows = all.map(({ title }, index): (string | number)[] => {
    const time = times[index] ?? NaN;
    return [title, tenths(time), Number((time / preview).toFixed(2))];
  });
  return table([["way", "s", "times the preview"], ...rows]);
}

/** Runs a program with the lab's variables, and each city's vCenter in the stacks themselves. */
async function runIn(
  lab: Lab,
  [command = "", ...args]: readonly string[],
  where: Pick<ChildOptions, "cwd" | "signal">,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = childEnvironment(lab.paths, { ...lab.environment(), ...variables });
  await runOrThrow(command, { command, args, env, redactor: new Redactor(lab.secrets), ...where });
}

async function each(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  for (const name of names) await work(name);
}
