import type { Progress } from "../runtime/progress";
import { shortLived } from "../terraform/run";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import { stackOfEach } from "./lab-city";
import { deploymentShares, programShares } from "./process-cpu";
import { table } from "./table";
import { tenths } from "./timed";

const SIZES = [125, 250, 500] as const;
/** Stacks of this size are planned in every way. */
const USUAL = 250;

/** A way to run Terraform, beside its own defaults. */
interface Way {
  readonly title: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const PLAIN: Way = { title: "plan without change" };
const WAYS: readonly Way[] = [
  PLAIN,
  { title: `the same, GOGC=${shortLived().GOGC}`, env: shortLived() },
  { title: "the same, -refresh=false", env: shortLived(), args: ["-refresh=false"] },
  { title: "the same, -parallelism=2", env: shortLived(), args: ["-parallelism=2"] },
  { title: "the same, -parallelism=40", env: shortLived(), args: ["-parallelism=40"] },
  { title: "without change, GOGC=off, GOMEMLIMIT=1GiB", env: { GOGC: "off", GOMEMLIMIT: "1GiB" } },
];

type Row = readonly (string | number)[];
const HEAD = [
  ...["command", "seats", "clock, s", "Terraform, s", "provider, s", "simulator, s"],
  ...["without simulator, ms a seat", "Terraform, MB", "provider, MB"],
];

/**
 * Where the processor's time of a plan and of an apply goes: Terraform itself, the provider, and the simulated vCenter,
 * which a real deployment has not.
 */
export async function benchPlanParts(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(stackOfEach(SIZES), { progress, signal }, async (lab) => {
    const rows: Row[] = [];
    for (const seats of SIZES) rows.push(...(await measured(lab, seats)));
    return table([HEAD, ...rows]);
  });
}

async function measured(lab: BenchLab, seats: number): Promise<Row[]> {
  const stack = `catania-desktops-seats-${String(seats)}-01`;
  await lab.terraform(stack, "init", "-input=false");
  const row = (command: string, { title, args = [], env = {} }: Way): Promise<Row> =>
    rowOf(title, seats, () => lab.timeWith(env, stack, command, ...args));
  const rows = [
    await row("plan", { title: "first plan" }),
    await row("apply", { title: "apply", args: ["-auto-approve"] }),
  ];
  for (const way of seats === USUAL ? WAYS : [PLAIN]) rows.push(await row("plan", way));
  return rows;
}

async function rowOf(title: string, seats: number, work: () => Promise<number>): Promise<Row> {
  const [milliseconds, shares] = await programShares(work);
  const { core, provider, simulator } = deploymentShares(shares);
  const own = Math.round(((core.seconds + provider.seconds) * 1000) / seats);
  const seconds = [core, provider, simulator].map((share) => share.seconds);
  return [title, seats, tenths(milliseconds), ...seconds, own, core.peakMib, provider.peakMib];
}
