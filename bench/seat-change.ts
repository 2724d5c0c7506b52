import { CommandError } from "../runtime/errors";
import type { Progress } from "../runtime/progress";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import type { LabCity, LabPool } from "./lab-city";
import { median, table } from "./table";
import { tenths } from "./timed";

const RUNS = 3;
const SHARDS = 4;
const SEATS_PER_STACK = 50;
/** In the second shard. */
const SEAT = 60;
const STACKS = Array.from({ length: SHARDS }, (_, index) => `catania-desktops-seats-0${String(index + 1)}`);
const [, STACK = ""] = STACKS;
const CHANGES: Readonly<Record<string, Partial<LabPool>>> = {
  "one seat retired": { retired: [SEAT] },
  "one seat's version changed": { imageVersion: "2026.11", replace: [SEAT] },
};

/** Time of planning one seat's change: its shard alone, compared with all desktop stacks one after the other. */
export async function benchSeatChange(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(city({}), { progress, signal }, async (lab) => {
    for (const stack of STACKS) await lab.make(stack);
    const rows = [await row(lab, "nothing", 0)];
    for (const [title, change] of Object.entries(CHANGES)) {
      await lab.change(city(change));
      rows.push(await row(lab, title, 1));
    }
    const head = ["change", "machines changed", "plan of its shard, s", "plans of all shards, s", "times"];
    return table([head, ...rows]);
  });
}

function city(pool: Partial<LabPool>): LabCity {
  const seats = SHARDS * SEATS_PER_STACK;
  const dedicated = { name: "seats", code: "sea", seats, assignment: "dedicated" } as const;
  return { pools: [{ ...dedicated, ...pool }], seatsPerStack: SEATS_PER_STACK };
}

async function row(lab: BenchLab, title: string, expected: number): Promise<(string | number)[]> {
  const shard: number[] = [];
  const all: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const times = await inTurn(lab, title, expected);
    shard.push(times.get(STACK) ?? NaN);
    all.push([...times.values()].reduce((sum, time) => sum + time, 0));
  }
  const [one, every] = [median(shard), median(all)];
  return [title, expected, tenths(one), tenths(every), Number((every / one).toFixed(1))];
}

/** Milliseconds of each stack's plan; only the plan of the seat's shard may have changes. */
async function inTurn(lab: BenchLab, title: string, expected: number): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const stack of STACKS) {
    const [milliseconds, changes] = await lab.plan(stack);
    if (changes.length !== (stack === STACK ? expected : 0)) {
      throw new CommandError(`${title}: ${stack} changes ${String(changes.length)} machines`);
    }
    times.set(stack, milliseconds);
  }
  return times;
}
