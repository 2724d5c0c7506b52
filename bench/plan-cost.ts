import type { Progress } from "../runtime/progress";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import { stackOfEach } from "./lab-city";
import { table } from "./table";
import { tenths } from "./timed";

const SIZES = [50, 100, 250, 500, 1000] as const;
/** Above this only the first plan is measured: an apply takes many minutes and adds nothing new. */
const LARGEST_APPLY = 500;

/** Time to plan and apply one stack, by number of seats, with Terraform itself against the simulated vCenter. */
export async function benchPlanCost(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(stackOfEach(SIZES), { progress, signal }, async (lab) => {
    const rows: (string | number)[][] = [];
    for (const seats of SIZES) rows.push(await measure(lab, seats));
    return table([
      ["seats in the stack", "first plan, s", "ms a seat", "apply, s", "plan without change, s", "ms a seat"],
      ...rows,
    ]);
  });
}

async function measure(lab: BenchLab, seats: number): Promise<(string | number)[]> {
  const stack = `catania-desktops-seats-${String(seats)}-01`;
  await lab.terraform(stack, "init", "-input=false");
  const first = await lab.time(stack, "plan");
  if (seats > LARGEST_APPLY) return [seats, tenths(first), perSeat(first, seats), "", "", ""];
  const apply = await lab.time(stack, "apply", "-auto-approve");
  const unchanged = await lab.time(stack, "plan", "-detailed-exitcode");
  return [seats, tenths(first), perSeat(first, seats), tenths(apply), tenths(unchanged), perSeat(unchanged, seats)];
}

function perSeat(milliseconds: number, seats: number): number {
  return Math.round(milliseconds / seats);
}
