import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { count, escaped } from "../environments/display";
import { InputError } from "../runtime/errors";
import { EXIT } from "../runtime/exit-code";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { namedVcenter } from "./named-servers";
import { switchPools } from "./power/switch-pools";
import type { PoolOutcome } from "./power/switch-pools";
import { runCommand } from "./run-command";

const [USUAL_STARTS, MOST_STARTS] = [20, 200];

const POWER_HELP = `
Starts and shuts down the seats of the pools that have power in the file, as it says for this moment: all are on in the pool's hours and
while the emergency is active; at other times those at which somebody works, and the reserve. A timer or CI calls it, every quarter of
an hour for instance: it does what is missing and nothing twice. Terraform neither starts nor stops machines, and sees no drift by it.

A seat is shut down by its guest, never switched off, and only when it reports that it has no session (boot/README.md): one that does
not report stays on and is listed.

  --dry-run        says what it would do, and does nothing
  --at <instant>   with --dry-run: as if it were then, such as 2026-12-07T06:50+01:00

Reads VSPHERE_USER and VSPHERE_PASSWORD: a login that may start and stop these machines and nothing else ('report privileges CITY
--login power').

Exit codes: 0 done, 1 a seat could not be started or shut down, or vCenter failed, 2 bad input, 130 ended by Ctrl-C.`;

interface PowerOptions extends CityOptions {
  readonly dryRun?: true;
  readonly at?: Date;
  readonly atATime: number;
}

/** `power CITY`: the seats of pools are on when their file says. */
export function powerCommand(): Command {
  return cityCommand("power", "Start and shut down seats when their pools' hours begin and end", POWER_HELP)
    .option("--dry-run", "only say what would be done")
    .addOption(new Option("--at <instant>", "the moment to look at, with --dry-run").argParser(instant))
    .addOption(
      new Option("--at-a-time <seats>", `machines that start at a time, 1 to ${String(MOST_STARTS)}`)
        .argParser(starts)
        .default(USUAL_STARTS),
    )
    .action((id: string, options: PowerOptions) => runCommand((signal) => power(id, options, signal)));
}

async function power(id: string, options: PowerOptions, signal: AbortSignal): Promise<void> {
  if (options.at !== undefined && options.dryRun === undefined) throw new InputError("--at: only with --dry-run");
  const { deployed: city } = fileToLogIn(options.environments, id, { vsphere: namedVcenter() });
  if (city.pools.every((pool) => pool.power === undefined))
    throw new InputError(`no pool of ${id} has power: its seats are always on (postazioni explain pools.power)`);
  const how = { now: options.at ?? new Date(), isDry: options.dryRun === true, atATime: options.atATime };
  const outcomes = await switchPools(city, how, signal);
  for (const line of outcomes.flatMap((outcome) => told(outcome, how.isDry))) console.log(line);
  if (outcomes.some(({ failures }) => failures.length > 0)) process.exitCode = EXIT.failure;
}

function told({ pool, isOn, plan, missing, failures }: PoolOutcome, isDry: boolean): string[] {
  const [started, stopped] = isDry ? ["to start", "to shut down"] : ["started", "asked to shut down"];
  const failed = new Set(failures.map(({ seat }) => seat));
  const done = (seats: readonly { readonly seat: string }[]): string =>
    String(seats.filter(({ seat }) => !failed.has(seat)).length);
  const parts = [
    ...(plan.start.length > 0 ? [`${done(plan.start)} ${started}`] : []),
    ...(plan.stop.length > 0 ? [`${done(plan.stop)} ${stopped}`] : []),
    ...(plan.inUse.length > 0 ? [`${String(plan.inUse.length)} left on, in use`] : []),
    ...(plan.left.length > 0 ? [`${String(plan.left.length)} left on until refresh made them as new`] : []),
    ...(missing > 0 ? [`${count(missing, "seat")} without a machine`] : []),
  ];
  return [
    `${pool}: ${isOn ? "all on" : "only the reserve on"}: ${parts.length === 0 ? "nothing to do" : parts.join(", ")}`,
    ...plan.silent.map(({ seat }) => `${seat}: left on: it does not report whether it has sessions`),
    ...failures.map(({ seat, reason }) => `${seat}: ${escaped(reason)}`),
  ];
}

function instant(text: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError("Write an instant with its offset, such as 2026-12-07T06:50+01:00.");
  return date;
}

function starts(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > MOST_STARTS) throw new InvalidArgumentError(`1 to ${String(MOST_STARTS)} are allowed.`);
  return number;
}
