import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import type { Progress } from "../runtime/progress";
import { withLab } from "./bench-lab";
import type { BenchLab } from "./bench-lab";
import { handWrittenHcl, resourceWithSeats } from "./hand-written-hcl";
import type { OutputOf, SynthesizedDesktops } from "./hand-written-hcl";
import type { LabCity } from "./lab-city";
import { median, table } from "./table";

const RUNS = 5;
const SEATS = 250;
const SYNTHESIZED = "catania-desktops-people-01";
const HAND_WRITTEN = "hand-written";
const RESOURCE = "desktops";
const CITY: LabCity = {
  pools: [{ name: "people", code: "peo", seats: SEATS, assignment: "dedicated" }],
  seatsPerStack: SEATS,
  held: true,
};

const outputsSchema = z.record(z.string(), z.object({ value: z.string() }));
const stateSchema = z.looseObject({
  resources: z.array(z.looseObject({ mode: z.string(), type: z.string(), name: z.string() })),
});

/** Time of a synthesized shard's plan, compared with hand-written HCL for the same machines in the same vCenter. */
export async function benchHandWritten(progress: Progress, signal: AbortSignal): Promise<string> {
  return withLab(CITY, { progress, signal }, async (lab) => {
    const stack = synthesized(lab);
    await writeByHand(lab, stack);
    for (const folder of [SYNTHESIZED, HAND_WRITTEN]) await lab.terraform(folder, "init", "-input=false");
    await samePlan(lab);
    const first = await inTurn(lab, []);
    await lab.time(SYNTHESIZED, "apply", "-auto-approve");
    handOver(lab, resourceWithSeats(stack));
    // Fails where one of them would change something: both describe the same machines.
    const unchanged = await inTurn(lab, ["-detailed-exitcode"]);
    return table([
      ["plan", "seats", "synthesized, s", "hand-written, s", "more, %"],
      ["first", SEATS, ...first],
      ["without change", SEATS, ...unchanged],
    ]);
  });
}

function synthesized(lab: BenchLab): SynthesizedDesktops {
  return JSON.parse(readFileSync(join(lab.folder(SYNTHESIZED), "cdk.tf.json"), "utf8")) as SynthesizedDesktops;
}

async function writeByHand(lab: BenchLab, stack: SynthesizedDesktops): Promise<void> {
  mkdirSync(lab.folder(HAND_WRITTEN));
  const outputOf = await outputs(lab, ["catania-foundation", "catania-network"]);
  writeFileSync(join(lab.folder(HAND_WRITTEN), "main.tf"), handWrittenHcl(stack, RESOURCE, outputOf));
}

async function outputs(lab: BenchLab, stacks: readonly string[]): Promise<OutputOf> {
  const all = new Map<string, z.output<typeof outputsSchema>>();
  for (const stack of stacks) {
    all.set(stack, outputsSchema.parse(JSON.parse(await lab.terraform(stack, "output", "-json"))));
  }
  return (stack, output) => {
    const found = all.get(stack)?.[output];
    if (found === undefined) throw new CommandError(`${stack} has no output ${output}`);
    return found.value;
  };
}

/** Checks that both plans create every seat. */
async function samePlan(lab: BenchLab): Promise<void> {
  for (const folder of [SYNTHESIZED, HAND_WRITTEN]) {
    const [, changes] = await lab.plan(folder);
    const made = changes.filter(({ actions }) => actions === "create").length;
    if (made !== SEATS || changes.length !== SEATS)
      throw new CommandError(`${folder} does not make ${String(SEATS)} seats`);
  }
}

/** Median seconds, synthesized and hand-written, and the difference in percent. */
async function inTurn(lab: BenchLab, args: readonly string[]): Promise<[number, number, number]> {
  const times: Record<string, number[]> = { [SYNTHESIZED]: [], [HAND_WRITTEN]: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const [folder, taken] of Object.entries(times)) taken.push(await lab.time(folder, "plan", ...args));
  }
  const [ours = NaN, byHand = NaN] = Object.values(times).map(median);
  return [Number((ours / 1000).toFixed(2)), Number((byHand / 1000).toFixed(2)), percentMore(ours, byHand)];
}

function percentMore(ours: number, byHand: number): number {
  return Number(((ours / byHand - 1) * 100).toFixed(1));
}

/** Gives the hand-written configuration a state with the machines that the synthesized one created. */
function handOver(lab: BenchLab, resource: string): void {
  const state = stateSchema.parse(JSON.parse(readFileSync(lab.stateFile(SYNTHESIZED), "utf8")));
  const machines = state.resources.filter(({ mode, name }) => mode === "managed" && name === resource);
  const resources = machines.map((machine) => ({ ...machine, name: RESOURCE }));
  const own = { ...state, resources, check_results: null };
  writeFileSync(join(lab.folder(HAND_WRITTEN), "terraform.tfstate"), JSON.stringify(own));
}
