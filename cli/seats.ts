import type { Command } from "commander";
import { count, escaped } from "../environments/display";
import { EXIT } from "../runtime/exit-code";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { namedVcenter } from "./named-servers";
import { runCommand } from "./run-command";
import { lookAtPools } from "./seats/look";
import type { PoolLook, SeatLook } from "./seats/look";
import { repairSeats } from "./seats/repair";

const SEATS_HELP = `
Lists the seats that should be usable and are not, and those of dedicated pools that nobody used for the pool's idleDays, by directorate.
What is known of a seat is what it reports each minute (boot/README.md): a seat that is on and does not report is not healthy.

  --repair   does the next step with each that is not healthy, of the pools that have repair in the file: it is restarted; then it
             gets a new first secret and is restarted; then, of a floating pool whose repair says replace, its machine is removed, and
             the next deployment makes it anew. A step is done once, and the next no earlier than 15 minutes later. Nothing is done
             while somebody works there, with an alert, and where more seats of a pool are unhealthy than repair.atMostPercent.

Reads VSPHERE_USER and VSPHERE_PASSWORD ('report privileges CITY --login repair'); for new first secrets VAULT_TOKEN too.

Exit codes: 0 done, 1 a seat is not healthy and nothing is left to try, or a step failed, 2 bad input, 130 ended by Ctrl-C.`;

interface SeatsOptions extends CityOptions {
  readonly repair?: true;
}

/** `seats CITY`: seats that are not healthy, or idle. */
export function seatsCommand(): Command {
  return cityCommand("seats", "List and repair seats that are not healthy, and list idle ones", SEATS_HELP)
    .option("--repair", "do the next step with each that is not healthy")
    .action((id: string, options: SeatsOptions) => runCommand((signal) => seats(id, options, signal)));
}

async function seats(id: string, { environments, repair }: SeatsOptions, signal: AbortSignal): Promise<void> {
  const { deployed: city } = fileToLogIn(environments, id, { vsphere: namedVcenter() });
  const looks = await lookAtPools(city);
  const failures =
    repair === undefined ? new Map<string, string>() : await repairSeats(city, looks, environments, signal);
  for (const line of looks.flatMap((look) => told(look, repair === true, failures))) console.log(line);
  const isLeft = ({ fate }: SeatLook): boolean => fate === "exhausted" || fate === "alert";
  if (failures.size > 0 || looks.some((look) => look.isWidespread || look.seats.some(isLeft)))
    process.exitCode = EXIT.failure;
}

function told(look: PoolLook, isRepair: boolean, failures: ReadonlyMap<string, string>): string[] {
  const { pool, directorate, idle, isWidespread } = look;
  const unhealthy = look.seats.filter(({ fate }) => WORDS[fate] !== undefined);
  const place = directorate === undefined ? pool : `${pool} (${directorate})`;
  return [
    `${place}: ${count(look.seats.length, "seat")}, ${String(unhealthy.length)} not healthy, ${String(idle.length)} idle`,
    ...(isWidespread ? ["  so many are not healthy that no single one is to blame: none is repaired"] : []),
    ...unhealthy.map((seat) => `  ${seat.seat}: ${outcome(seat, look, isRepair, failures)}`),
    ...idle.map(
      ({ seat, days }) => `  ${seat}: ${days === undefined ? "never used" : `not used for ${count(days, "day")}`}`,
    ),
  ];
}

/** What is done with a seat, in both moods; nothing for one that is as it should be, or need not be. */
const WORDS: Readonly<Record<SeatLook["fate"], readonly [next: string, done: string] | undefined>> = {
  ...{ healthy: undefined, off: undefined, starting: undefined },
  "in-use": ["somebody works there", "left: somebody works there"],
  alert: ["its first secret is an ALERT: security looks at it first", "left: its first secret is an ALERT"],
  restart: ["to be restarted", "restarted"],
  "first-login": ["to log in again", "got a new first secret, and restarted"],
  replace: ["to be made anew", "removed: the next deployment makes it anew"],
  exhausted: ["nothing is left to try", "nothing is left to try"],
};

function outcome(
  { seat, fate }: SeatLook,
  { isRepaired, isWidespread }: PoolLook,
  isRepair: boolean,
  failures: ReadonlyMap<string, string>,
): string {
  const failure = failures.get(seat);
  if (failure !== undefined) return `not repaired: ${escaped(failure)}`;
  const [next = "", done = ""] = WORDS[fate] ?? [];
  return isRepair && isRepaired && !isWidespread ? done : next;
}
