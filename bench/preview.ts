import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../lab/child-environment";
import type { PreviewReport } from "../preview/report";
import { CommandError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";
import { run } from "../runtime/process";
import type { Progress } from "../runtime/progress";
import { Redactor } from "../runtime/redactor";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import type { LabCity } from "./lab-city";
import { median, table } from "./table";
import { tenths } from "./timed";

const RUNS = 3;
const SEATS_PER_STACK = 250;
const RETIRED = 60;
const SHARD = "catania-desktops-pool-01-01";
/** As many hosts as 7,500 machines of a cluster need. */
const HOSTS = 12;
/** A pool in each cluster of Catania: a cluster has at most 10,000 machines. */
const CLUSTERS = ["catania-vdi-a", "catania-vdi-b"];
const SIZES: readonly { readonly pools: number; readonly seats: number }[] = [
  { pools: 1, seats: 2600 },
  { pools: 2, seats: 7500 },
];
/** Runs a program, and says in its last two lines how much processor time it took with its children. */
const TIMED = '"$@" > /dev/null; code=$?; times; exit $code';
/** Something changes, and a gate may be closed for it: the exit codes of a preview that did what is measured. */
const DONE = [0, 2, 3];

/**
 * The preview of one seat's change by the size of the city, against bare `terraform plan` of its shard, in turns. Only that
 * shard has machines: no other is planned.
 */
export async function benchPreview(progress: Progress, signal: AbortSignal): Promise<string> {
  const [smallest = { pools: 1, seats: 0 }] = SIZES;
  return withLab(city(smallest), { progress, signal }, async (lab) => {
    await lab.make(SHARD);
    git(lab, "init", "--quiet");
    const rows: (string | number)[][] = [];
    for (const size of SIZES) rows.push(await row(lab, size, { progress, signal }));
    const head = [
      "seats",
      "stacks",
      "planned",
      "preview, s of processor",
      "bare plan of its shard, s of processor",
      "times",
    ];
    return table([head, ...rows]);
  });
}

function city({ pools, seats }: (typeof SIZES)[number], retired: readonly number[] = []): LabCity {
  const numbers = Array.from({ length: pools }, (_, index) => String(index + 1).padStart(2, "0"));
  return {
    ...{ seatsPerStack: SEATS_PER_STACK, hosts: HOSTS },
    pools: numbers.map((number, index) => ({
      ...{
        name: `pool-${number}`,
        code: `p${number}`,
        seats,
        assignment: "dedicated",
        cluster: CLUSTERS[index % 2] ?? "",
      },
      ...(index === 0 && { retired }),
    })),
  };
}

interface Watch {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function row(lab: BenchLab, size: (typeof SIZES)[number], watch: Watch): Promise<(string | number)[]> {
  await lab.change(city(size));
  for (const stack of ["catania-foundation", "catania-network"]) await lab.make(stack);
  git(lab, "add", ".");
  git(lab, "commit", "--quiet", `--message=${String(size.pools * size.seats)} seats`);
  await lab.change(city(size, [RETIRED]));
  await lab.terraform(SHARD, "init", "-input=false");
  await preview(lab, watch);
  const times: Record<"preview" | "bare", number[]> = { preview: [], bare: [] };
  for (let turn = 0; turn < RUNS; turn += 1) {
    times.preview.push(await preview(lab, watch));
    times.bare.push(await barePlan(lab, watch));
  }
  const { stacks, unplanned } = JSON.parse(readFileSync(reportOf(lab), "utf8")) as PreviewReport;
  const planned = stacks.map(({ stack }) => stack);
  if (planned.join() !== SHARD) throw new CommandError(`${planned.join(", ")} are planned, not ${SHARD} alone`);
  const [ours, bare] = [median(times.preview), median(times.bare)];
  const all = planned.length + unplanned.length;
  return [size.pools * size.seats, all, planned.length, ours, bare, Number((ours / bare).toFixed(2))];
}

function reportOf({ lab }: BenchLab): string {
  return join(lab.paths.directory, "preview.json");
}

/** Seconds of `npm run preview` of the change, in a process of its own. */
function preview(lab: BenchLab, watch: Watch): Promise<number> {
  const out = ["--out", reportOf(lab), "--format", "json"];
  const args = [process.execPath, "cli/bootstrap.mjs", "preview", "catania", "--base", "HEAD", ...out];
  return seconds("npm run preview", args, REPOSITORY, lab, watch);
}

function barePlan(lab: BenchLab, watch: Watch): Promise<number> {
  const args = [lab.lab.data.programs.terraform, "plan", "-input=false", "-lock=false", "-no-color"];
  return seconds("terraform plan", args, lab.folder(SHARD), lab, watch);
}

/** Processor seconds of a program with all its children, to a tenth: what else the machine does is not counted. */
async function seconds(
  title: string,
  args: readonly string[],
  cwd: string,
  { lab }: BenchLab,
  { progress, signal }: Watch,
): Promise<number> {
  const { code, stdout, tail } = await progress.step(title, () =>
    run({
      ...{ command: "sh", args: ["-c", TIMED, "sh", ...args], cwd, signal },
      env: childEnvironment(lab.paths, lab.environment("catania")),
      redactor: new Redactor(lab.secrets),
    }),
  );
  if (!DONE.includes(code ?? 1)) throw new CommandError(`${title} ended with ${String(code)}: ${tail.join("; ")}`);
  const [, children = ""] = stdout.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => 60 * Number(minutes) + Number(rest),
  );
  return tenths(1000 * parts.reduce((sum, part) => sum + part, 0));
}

function git({ environments }: BenchLab, ...args: readonly string[]): void {
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@bench.example"];
  execFileSync("git", [...author, ...args], { cwd: environments });
}
