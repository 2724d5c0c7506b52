import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { count, escaped } from "../environments/display";
import { EXIT } from "../runtime/exit-code";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { namedVcenter } from "./named-servers";
import { refreshPools } from "./refresh/refresh-pools";
import type { PoolRefresh, SeatOutcome } from "./refresh/refresh-pools";
import type { SeatLook } from "./refresh/look";
import { runCommand } from "./run-command";

const [USUAL_SEATS, MOST_SEATS] = [20, 200];
const [USUAL_WAIT, MOST_WAIT] = [600, 3600];

const REFRESH_HELP = `
Makes the seats of floating pools as new that people left, where their pool has refresh in the file. A timer or CI calls it, every five
minutes for instance: it does what is missing and nothing twice. Terraform sees no drift by it.

A seat that joined, is healthy and was never used is closed, shut down, gets a snapshot and is started, a few in each run. From then on it closes
by itself once its person left it for longer than the pool's returnMinutes (boot/README.md): it takes nobody any more, and his place is
given up. Such a seat is brought back to its snapshot and started, or, where the file says remake, removed, and the next deployment makes
it anew. Nothing is ever done with a seat that has a session, connected or not, or that does not report.

  --dry-run            says what it would do, and does nothing
  --at-a-time <seats>  seats at a time, and those that get their snapshot in one run
  --wait <seconds>     how long a seat has to shut down, and to report once it was started

Reads VSPHERE_USER and VSPHERE_PASSWORD: a login that may do this with these machines and nothing else ('report privileges CITY
--login refresh').

Exit codes: 0 done, 1 a step failed, or a seat still has what somebody left and cannot be made as new, 2 bad input, 130 ended by Ctrl-C.`;

interface RefreshOptions extends CityOptions {
  readonly dryRun?: true;
  readonly atATime: number;
  readonly wait: number;
}

/** `refresh CITY`: floating seats are as new once people left them. */
export function refreshCommand(): Command {
  return cityCommand("refresh", "Make floating seats as new once people left them", REFRESH_HELP)
    .option("--dry-run", "only say what would be done")
    .addOption(
      new Option("--at-a-time <seats>", `seats at a time, 1 to ${String(MOST_SEATS)}`)
        .argParser(upTo(MOST_SEATS))
        .default(USUAL_SEATS),
    )
    .addOption(
      new Option("--wait <seconds>", `how long a seat has, 1 to ${String(MOST_WAIT)}`)
        .argParser(upTo(MOST_WAIT))
        .default(USUAL_WAIT),
    )
    .action((id: string, options: RefreshOptions) => runCommand((signal) => refresh(id, options, signal)));
}

async function refresh(id: string, options: RefreshOptions, signal: AbortSignal): Promise<void> {
  const { deployed: city } = fileToLogIn(options.environments, id, { vsphere: namedVcenter() });
  const how = { isDry: options.dryRun === true, atATime: options.atATime, wait: options.wait };
  const outcomes = (await refreshPools(city, how, signal)).filter(isTold);
  if (outcomes.length === 0) console.log(`no pool of ${id} has refresh: what people leave on a seat stays there`);
  for (const line of outcomes.flatMap((outcome) => told(outcome, how.isDry))) console.log(line);
  if (outcomes.some(({ seats }) => seats.some(needsSomebody))) process.exitCode = EXIT.failure;
}

function isTold({ pool, seats }: PoolRefresh): boolean {
  return pool.refresh !== undefined || seats.some(({ look }) => look.fate === "release");
}

function needsSomebody({ look: { fate }, failure }: SeatOutcome): boolean {
  return failure !== undefined || fate === "open" || fate === "without" || fate === "stained";
}

/** What is counted of a pool's seats, in both moods, in this order. */
const COUNTED: Readonly<Partial<Record<SeatLook["fate"], readonly [next: string, done: string]>>> = {
  revert: ["to bring back", "brought back"],
  remake: ["to remove", "removed: the next deployment makes them anew"],
  start: ["to start", "started"],
  prepare: ["want their snapshot", "got their snapshot"],
  release: ["to let alone", "let alone: their pool has no refresh any more"],
  clean: ["as new", "as new"],
  "in-use": ["in use", "in use"],
  held: ["left to the deployment that changes them", "left to the deployment that changes them"],
  kept: ["kept for who left them", "kept for who left them"],
  off: ["off", "off"],
  unhealthy: ["not healthy yet", "not healthy yet"],
};

const REMAKE = 'to make it as new, give its pool "refresh: remake" for one deployment';
/** What is said of single seats. */
const LEFT: Readonly<Partial<Record<SeatLook["fate"], string>>> = {
  silent: "left: it does not report whether it has sessions",
  open: "left: nobody came back to it in time, and it still takes people: its image has an older seat report (boot/README.md)",
  without: `left: it was used before it had a snapshot: ${REMAKE}`,
  stained: `left: it was brought back, and still has what somebody left: ${REMAKE}`,
};

function told({ pool, seats }: PoolRefresh, isDry: boolean): string[] {
  const isDone = ({ end }: SeatOutcome): boolean => isDry || end?.isOvertaken === false;
  const parts = Object.entries(COUNTED).flatMap(([fate, [next, done]]) => {
    const found = seats.filter(({ look, failure }) => look.fate === fate && failure === undefined);
    const [ended, waiting] = [found.filter(isDone), found.filter((one) => !isDone(one))];
    if (next === done) return found.length > 0 ? [`${String(found.length)} ${done}`] : [];
    return [
      ...(ended.length > 0 ? [`${String(ended.length)} ${isDry ? next : done}${lasted(ended)}`] : []),
      ...(waiting.length > 0 ? [`${String(waiting.length)} ${next}`] : []),
    ];
  });
  return [
    `${pool.name}: ${count(seats.length, "seat")}: ${parts.join(", ") || "none has a machine"}`,
    ...seats.flatMap(({ look: { seat, fate }, failure }) => {
      const text = failure === undefined ? LEFT[fate] : escaped(failure);
      return text === undefined ? [] : [`  ${seat}: ${text}`];
    }),
  ];
}

/** How long seats were away, where that was waited for. */
function lasted(ended: readonly SeatOutcome[]): string {
  const seconds = ended.flatMap(({ end }) => end?.seconds ?? []).sort((a, b) => a - b);
  const median = seconds[Math.floor(seconds.length / 2)];
  return median === undefined ? "" : ` (there again after ${String(Math.round(median))} s in the median)`;
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > most) throw new InvalidArgumentError(`1 to ${String(most)} are allowed.`);
    return number;
  };
}
