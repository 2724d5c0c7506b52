import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { childEnvironment } from "../lab/child-environment";
import { startLab } from "../lab/lab";
import type { Lab } from "../lab/lab";
import { LAB_DIRECTORY, REPOSITORY } from "../lab/paths";
import { runOrThrow } from "../lab/process";
import type { Progress } from "../lab/progress";
import { Redactor } from "../lab/redactor";
import { table } from "./table";
import { stopwatch } from "./timed";

const DIRECTORY = join(LAB_DIRECTORY, "bench");
const SIZES = [50, 100, 250, 500, 1000] as const;
/** Beyond this only the first plan is measured: an apply grows to many minutes and says nothing new. */
const LARGEST_APPLY = 500;
const LARGEST_STACK = 1000;

/** What planning and applying one stack costs as its seats grow, by Terraform itself against the simulated vCenter. */
export async function benchPlanCost(progress: Progress, signal: AbortSignal): Promise<string> {
  const environments = writeCity();
  const lab = await startLab({ environments, directory: DIRECTORY, seatsPerPool: 0, signal }, progress);
  try {
    await lab.deploy(["catania-foundation", "catania-network"], { progress, signal });
    const rows: (string | number)[][] = [];
    for (const seats of SIZES) rows.push(await measure(lab, seats, progress, signal));
    return table([
      ["seats in the stack", "first plan, s", "ms a seat", "apply, s", "plan without change, s", "ms a seat"],
      ...rows,
    ]);
  } finally {
    await lab.stop();
    rmSync(DIRECTORY, { recursive: true });
  }
}

/** Catania with one pool a size, each of them one stack. */
function writeCity(): string {
  const folder = join(DIRECTORY, "environments");
  const city = parse(readFileSync(join(REPOSITORY, "environments", "catania.yaml"), "utf8")) as Editable;
  const [pool] = city.pools;
  city.platform = { ...city.platform, seatsPerStack: LARGEST_STACK };
  city.network.segments = [{ name: "desktops", vlan: 880, subnet: "10.88.0.0/16" }];
  city.pools = SIZES.map((seats) => ({
    ...pool,
    name: `seats-${String(seats)}`,
    code: `s${String(seats)}`,
    seats,
    assignment: "floating",
    segment: "desktops",
  }));
  mkdirSync(folder, { recursive: true });
  city.assignments = undefined;
  writeFileSync(join(folder, "catania.yaml"), stringify(city, { aliasDuplicateObjects: false }));
  return folder;
}

interface Editable {
  assignments: string | undefined;
  platform: object;
  pools: object[];
  network: { segments: object[] };
}

async function measure(lab: Lab, seats: number, progress: Progress, signal: AbortSignal): Promise<(string | number)[]> {
  const terraform = runner(lab, `catania-desktops-seats-${String(seats)}-01`, signal);
  const time = async (what: string, args: readonly string[]): Promise<number> => {
    const [, seconds] = await stopwatch(() => progress.step(`${what}, ${String(seats)} seats`, () => terraform(args)));
    return seconds;
  };
  await terraform(["init", "-input=false"]);
  const first = await time("First plan", ["plan", "-input=false"]);
  if (seats > LARGEST_APPLY) return [seats, first, perSeat(first, seats), "", "", ""];
  const apply = await time("Apply", ["apply", "-input=false", "-auto-approve"]);
  const unchanged = await time("Plan without change", ["plan", "-input=false", "-detailed-exitcode"]);
  return [seats, first, perSeat(first, seats), apply, unchanged, perSeat(unchanged, seats)];
}

function runner(lab: Lab, stack: string, signal: AbortSignal): (args: readonly string[]) => Promise<unknown> {
  const redactor = new Redactor(lab.secrets);
  return (args) =>
    runOrThrow(`terraform ${args[0] ?? ""} of ${stack}`, {
      command: lab.data.programs.terraform,
      args,
      cwd: join(lab.paths.output, "stacks", stack),
      env: childEnvironment(lab.paths, lab.environment()),
      redactor,
      signal,
    });
}

function perSeat(seconds: number, seats: number): number {
  return Math.round((seconds * 1000) / seats);
}
