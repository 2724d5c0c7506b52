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
import { elapsed, tenths } from "./timed";

const RUNS = 3;
const SEATS_PER_STACK = 250;
const RETIRED = 60;
const SHARD = "catania-desktops-pool-01-01";
const SIZES: readonly { readonly pools: number; readonly seats: number }[] = [
  { pools: 1, seats: 2600 },
  { pools: 2, seats: 7500 },
  { pools: 20, seats: 7500 },
];
/** Something changes, and a gate may be closed for it: the exit codes of a preview that did what is measured. */
const DONE = [2, 3];

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
    const head = ["seats", "stacks", "planned", "preview, s", "bare plan of its shard, s", "times"];
    return table([head, ...rows]);
  });
}

function city({ pools, seats }: (typeof SIZES)[number], retired: readonly number[] = []): LabCity {
  const numbers = Array.from({ length: pools }, (_, index) => String(index + 1).padStart(2, "0"));
  return {
    seatsPerStack: SEATS_PER_STACK,
    pools: numbers.map((number, index) => ({
      ...{ name: `pool-${number}`, code: `p${number}`, seats, assignment: "dedicated" },
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
  const report = await preview(lab, watch);
  const times: Record<"preview" | "bare", number[]> = { preview: [], bare: [] };
  for (let turn = 0; turn < RUNS; turn += 1) {
    times.preview.push((await elapsed(() => preview(lab, watch)))[1]);
    times.bare.push(await lab.time(SHARD, "plan", "-lock=false"));
  }
  const planned = report.stacks.map(({ stack }) => stack);
  if (!planned.includes(SHARD)) throw new CommandError(`${SHARD} is not among what is planned: ${planned.join(", ")}`);
  const [ours, bare] = [median(times.preview), median(times.bare)];
  const stacks = planned.length + report.unplanned.length;
  return [
    size.pools * size.seats,
    stacks,
    planned.length,
    tenths(ours),
    tenths(bare),
    Number((ours / bare).toFixed(2)),
  ];
}

/** `npm run preview` of the change, in a process of its own. */
async function preview({ lab, environments }: BenchLab, { progress, signal }: Watch): Promise<PreviewReport> {
  const file = join(lab.paths.directory, "preview.json");
  const args = ["cli/bootstrap.mjs", "preview", "catania", "--base", "HEAD", "--out", file, "--format", "json"];
  const { code, tail } = await progress.step(`npm run preview of ${environments}`, () =>
    run({
      ...{ command: process.execPath, args, cwd: REPOSITORY, signal },
      env: childEnvironment(lab.paths, lab.environment("catania")),
      redactor: new Redactor(lab.secrets),
    }),
  );
  if (!DONE.includes(code ?? 1)) throw new CommandError(`preview ended with ${String(code)}: ${tail.join("; ")}`);
  return JSON.parse(readFileSync(file, "utf8")) as PreviewReport;
}

function git({ environments }: BenchLab, ...args: readonly string[]): void {
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@bench.example"];
  execFileSync("git", [...author, ...args], { cwd: environments });
}
