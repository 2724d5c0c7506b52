import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PreviewReport } from "../preview/report";
import { CommandError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { withLab } from "./bench-lab";
import type { BenchLab, Watch } from "./bench-lab";
import { writeLabCity } from "./lab-city";
import type { LabCity, LabPool } from "./lab-city";
import { writeNeighbours } from "./neighbours";
import { ranIn } from "./processor-time";
import type { Ran } from "./processor-time";
import { median, table } from "./table";

const RUNS = 3;
const SEATS_PER_STACK = 250;
/** An image's change plans every machine of its pool: fewer of them say the same. */
const SEATS_OF_AN_IMAGE = 50;
const RETIRED = 60;
const SHARD = "catania-desktops-pool-01-01";
const IMAGE_SHARDS = ["catania-desktops-pool-09-01", "catania-desktops-pool-09-02"];
/** As many hosts as 7,500 machines of a cluster need. */
const HOSTS = 12;
/** A pool in each cluster of Catania: a cluster has at most 10,000 machines. */
const [FIRST_CLUSTER, SECOND_CLUSTER] = ["catania-vdi-a", "catania-vdi-b"];
/** Something changes, and a gate may be closed for it: the exit codes of a preview that did what is measured. */
const DONE = [0, 2, 3];

/** A change of the city. */
interface Case {
  readonly change: string;
  readonly seats: number;
  readonly before: readonly LabPool[];
  readonly after: readonly LabPool[];
  /** The stacks that it changes, which have to be there. */
  readonly stacks: readonly string[];
  /** @default SEATS_PER_STACK */
  readonly seatsPerStack?: number;
  /** Other cities of the folder, and how many seats each of them has. @default - none */
  readonly others?: { readonly count: number; readonly seats: number };
}

const CASES: readonly Case[] = [
  { ...oneSeat([2600]), seats: 2600 },
  { ...oneSeat([7500, 7500]), seats: 15_000 },
  { ...oneSeat([1500]), seats: 150_000, others: { count: 99, seats: 1500 } },
  {
    ...{ change: "a pool's image", seats: 2700, stacks: IMAGE_SHARDS, seatsPerStack: SEATS_OF_AN_IMAGE },
    before: [dedicated(0, 2600), floating("2026.10")],
    after: [dedicated(0, 2600), floating("2026.11")],
  },
];

function oneSeat(sizes: readonly number[]): Omit<Case, "seats"> {
  const [first, ...others] = sizes.map((seats, index) => dedicated(index, seats));
  const before = first === undefined ? [] : [first, ...others];
  const after = first === undefined ? [] : [{ ...first, retired: [RETIRED] }, ...others];
  return { change: "one seat", before, after, stacks: [SHARD] };
}

function dedicated(index: number, seats: number): LabPool {
  const number = String(index + 1).padStart(2, "0");
  const cluster = index === 0 ? FIRST_CLUSTER : SECOND_CLUSTER;
  return { name: `pool-${number}`, code: `p${number}`, seats, assignment: "dedicated", cluster };
}

function floating(imageVersion: string): LabPool {
  const seats = IMAGE_SHARDS.length * SEATS_OF_AN_IMAGE;
  return { ...{ name: "pool-09", code: "p09", seats, assignment: "floating" }, cluster: FIRST_CLUSTER, imageVersion };
}

function city(pools: readonly LabPool[], seatsPerStack = SEATS_PER_STACK): LabCity {
  return { seatsPerStack, hosts: HOSTS, pools };
}

const HEAD = [
  ...["change", "seats", "cities", "stacks of the city", "planned", "preview, s of processor"],
  ...["bare plans of these stacks, s of processor", "times", "preview itself, MB", "Terraform, MB", "provider, MB"],
];

/**
 * The preview of a change by the size of the city and by how many cities there are, against bare `terraform plan` of the stacks that it
 * changes, in turns. Only those have machines: no other is planned.
 */
export async function benchPreview(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(city([dedicated(0, 2600)]), { progress, signal }, async (lab) => {
    git(lab, "init", "--quiet");
    const rows: (string | number)[][] = [];
    for (const one of CASES) rows.push(await row(lab, one, { progress, signal }));
    return table([HEAD, ...rows]);
  });
}

async function row(lab: BenchLab, one: Case, watch: Watch): Promise<(string | number)[]> {
  await lab.change(city(one.before, one.seatsPerStack));
  for (const stack of ["catania-foundation", "catania-network", ...one.stacks]) await lab.make(stack);
  await lab.change(city(one.after, one.seatsPerStack));
  for (const stack of one.stacks) await lab.terraform(stack, "init", "-input=false");
  commitBefore(lab, one);
  writeLabCity(lab.environments, city(one.after, one.seatsPerStack));
  await preview(lab, watch);
  const [ours, bare]: [Ran[], number[]] = [[], []];
  for (let turn = 0; turn < RUNS; turn += 1) {
    ours.push(await preview(lab, watch));
    bare.push(await barePlans(lab, one.stacks, watch));
  }
  const { planned, all } = plannedIn(lab, one);
  const times = Number((median(ours.map(({ seconds }) => seconds)) / median(bare)).toFixed(2));
  const memory = (["node", "core", "provider"] as const).map((program) =>
    median(ours.map(({ peakMib }) => peakMib[program])),
  );
  const cities = 1 + (one.others?.count ?? 0);
  return [
    ...[one.change, one.seats, cities, all, planned, median(ours.map(({ seconds }) => seconds)), median(bare)],
    ...[times, ...memory],
  ];
}

/** Commits the city as it was before, with the others. */
function commitBefore(lab: BenchLab, { before, others, change, seats, seatsPerStack }: Case): void {
  writeLabCity(lab.environments, city(before, seatsPerStack));
  if (others !== undefined) addEndpoints(lab, writeNeighbours(lab.environments, others.count, others.seats));
  git(lab, "add", ".");
  git(lab, "commit", "--quiet", `--message=before ${change} of ${String(seats)}`);
}

/** The lab's overlay names every city, or it would be the real one; nothing asks those of the others. */
function addEndpoints({ lab: { paths } }: BenchLab, ids: readonly string[]): void {
  const overlay = JSON.parse(readFileSync(paths.overlay, "utf8")) as { endpoints: Record<string, unknown> };
  for (const id of ids) overlay.endpoints[id] = overlay.endpoints.catania;
  writeFileSync(paths.overlay, JSON.stringify(overlay));
}

/** @throws CommandError where other stacks were planned than those that the change touches */
function plannedIn(lab: BenchLab, one: Case): { readonly planned: number; readonly all: number } {
  const { stacks, unplanned } = JSON.parse(readFileSync(reportOf(lab), "utf8")) as PreviewReport;
  const planned = stacks.map(({ stack }) => stack);
  if (planned.join() !== one.stacks.join())
    throw new CommandError(`${planned.join(", ")} are planned, not ${one.stacks.join(", ")} alone`);
  return { planned: planned.length, all: planned.length + unplanned.length };
}

function reportOf({ lab }: BenchLab): string {
  return join(lab.paths.directory, "preview.json");
}

/** `npm run preview` of the change, in a process of its own. */
function preview(lab: BenchLab, watch: Watch): Promise<Ran> {
  const out = ["--out", reportOf(lab), "--format", "json"];
  const args = [process.execPath, "cli/bootstrap.mjs", "preview", "catania", "--base", "HEAD", ...out];
  return ranIn({ title: "npm run preview", args, cwd: REPOSITORY, done: DONE }, lab, watch);
}

/** Seconds of Terraform, one stack after the other. */
async function barePlans(lab: BenchLab, stacks: readonly string[], watch: Watch): Promise<number> {
  let sum = 0;
  for (const stack of stacks) {
    const args = [lab.lab.data.programs.terraform, "plan", "-input=false", "-lock=false", "-no-color"];
    sum += (await ranIn({ title: "terraform plan", args, cwd: lab.folder(stack), done: [0] }, lab, watch)).seconds;
  }
  return Number(sum.toFixed(1));
}

function git({ environments }: BenchLab, ...args: readonly string[]): void {
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@bench.example"];
  execFileSync("git", [...author, ...args], { cwd: environments });
}
