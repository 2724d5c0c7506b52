import { LabError } from "../lab/errors";
import type { Progress } from "../lab/progress";
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

/** What the plan of one seat's change costs: of its shard alone, against all desktop stacks one after the other. */
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
    const [own, changes] = await lab.plan(STACK);
    if (changes.length !== expected) throw new LabError(`${title} changes ${String(changes.length)} machines`);
    shard.push(own);
    all.push(await inTurn(lab));
  }
  const [one, every] = [median(shard), median(all)];
  return [title, expected, tenths(one), tenths(every), Number((every / one).toFixed(1))];
}

async function inTurn(lab: BenchLab): Promise<number> {
  let sum = 0;
  for (const stack of STACKS) sum += (await lab.plan(stack))[0];
  return sum;
}
