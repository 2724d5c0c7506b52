import { CommandError } from "../runtime/errors";
import type { Change } from "../terraform/planned-changes";
import type { Progress } from "../runtime/progress";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import type { LabCity, LabPool } from "./lab-city";
import { table } from "./table";
import { tenths } from "./timed";

const SEATS = 100;
const STACK = "catania-desktops-canary-01";
const NEW_VERSION = "2026.11";
const ROLLOUT = { to: NEW_VERSION, canaryPercent: 5, batches: [25, 50, 75] };
const STATES = [
  ["canary", "5 %"],
  ["batch-1", "25 %"],
  ["batch-2", "50 %"],
  ["batch-3", "75 %"],
  ["promoted", "100 %"],
] as const;

/** The rollout of an image version in a floating pool: what each step replaces, and its time. */
export async function benchCanary(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(city({}), { progress, signal }, async (lab) => {
    await lab.make(STACK);
    const rows: (string | number)[][] = [];
    let replaced = 0;
    for (const [state, share] of STATES) {
      const [seats, ...times] = await step(lab, { rollout: { ...ROLLOUT, state } });
      replaced += seats;
      rows.push([state, share, seats, replaced, ...times]);
    }
    if (replaced !== SEATS) throw new CommandError(`${String(replaced)} of ${String(SEATS)} seats were replaced`);
    const [seats, ...times] = await step(lab, { imageVersion: NEW_VERSION });
    rows.push(["as imageVersion, without rollout", "100 %", seats, replaced + seats, ...times]);
    return table([["step", "share", "seats touched", "in all", "plan, s", "apply, s"], ...rows]);
  });
}

function city(pool: Partial<LabPool>): LabCity {
  const floating = { name: "canary", code: "can", seats: SEATS, assignment: "floating" } as const;
  return { pools: [{ ...floating, ...pool }], seatsPerStack: SEATS };
}

/** Number of seats that a step replaces, and seconds of its plan and apply. */
async function step(lab: BenchLab, pool: Partial<LabPool>): Promise<[number, number, number]> {
  await lab.change(city(pool));
  const [plan, changes] = await lab.plan(STACK);
  if (!changes.every(isReplaced)) throw new CommandError("a step of the rollout does more than replace machines");
  return [changes.length, tenths(plan), tenths(await lab.apply(STACK))];
}

function isReplaced({ type, actions }: Change): boolean {
  return type === "vsphere_virtual_machine" && actions === "delete create";
}
