import type { DeployedCity } from "../../environments/model/city";
import type { Pool } from "../../environments/model/desktops";
import { MARK_KEY, markText, RETURN_KEY } from "../../operations/refresh-plan";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { Say } from "../../runtime/progress";
import { poolSeats } from "../../secrets/pool-seats";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { cliProgress } from "../progress";
import { inCitysVcenter, refusalOf } from "../vcenter-session";
import { lookAtPool, STEPS } from "./look";
import type { SeatLook } from "./look";
import { doStep } from "./steps";
import type { SeatWork, StepEnd } from "./steps";

/** How seats are made as new. */
export interface Refreshing {
  /** Whether nothing is done. */
  readonly isDry: boolean;
  /** Seats at a time, and those that get their snapshot in one run. */
  readonly atATime: number;
  /** How long a seat has to shut down, and to report once it was started, in seconds. */
  readonly wait: number;
}

/** How a seat was found, and what was done with it. */
export interface SeatOutcome {
  readonly look: SeatLook;
  /** How its step ended. @default - none was due, or it failed */
  readonly end?: StepEnd | undefined;
  /** Why it failed. @default - it did not */
  readonly failure?: string | undefined;
}

/** The seats of a pool. */
export interface PoolRefresh {
  readonly pool: Pool;
  readonly seats: readonly SeatOutcome[];
}

/**
 * Makes the seats as new that somebody left, of every pool with refresh, and prepares those that nobody used yet. Pools that have
 * none any more are looked at too: their seats would close, and nobody would open them.
 * @throws CommandError where vCenter is not reached or refuses the login
 */
export async function refreshPools(city: DeployedCity, how: Refreshing, signal: AbortSignal): Promise<PoolRefresh[]> {
  const pools = new Map(city.pools.map((pool) => [pool.name, pool]));
  return inCitysVcenter(city, how.atATime, async (client) => {
    const outcomes: PoolRefresh[] = [];
    for (const seats of poolSeats(city)) {
      const pool = pools.get(seats.pool);
      if (pool === undefined) continue;
      const looks = await lookAtPool(client, pool, seats);
      const title = `${pool.name}: ${String(looks.length)} seats`;
      const work = { client, pool, signal, how };
      outcomes.push({ pool, seats: await cliProgress().step(title, (say) => refreshed(looks, { ...work, say })) });
    }
    return outcomes;
  });
}

interface PoolWork {
  readonly client: VcenterClient;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly how: Refreshing;
  readonly say: Say;
}

async function refreshed(looks: readonly SeatLook[], work: PoolWork): Promise<SeatOutcome[]> {
  const due = new Set(dueNow(looks, work.how.atATime));
  const others = looks.filter((look) => !due.has(look)).map((look) => ({ look }));
  if (work.how.isDry) return [...[...due].map((look) => ({ look })), ...others];
  let done = 0;
  const ends = await mapConcurrently([...due], work.how.atATime, work.signal, async (look): Promise<SeatOutcome> => {
    const outcome = await stepDone(look, work);
    work.say(`${String((done += 1))} of ${String(due.size)}: ${look.seat}`);
    return outcome;
  });
  return [...ends, ...others];
}

/**
 * Seats that people wait for come first; of those that want their snapshot a few, as each is away for minutes. One that was not
 * told yet that its pool has refresh is told, and gets its snapshot in a later run: by then it keeps its account's password.
 */
function dueNow(looks: readonly SeatLook[], most: number): SeatLook[] {
  const due = looks.filter(({ fate }) => STEPS.has(fate) && fate !== "prepare");
  const untold = looks.filter((look) => !due.includes(look) && !look.isTold);
  return [...due, ...untold, ...looks.filter(({ fate, isTold }) => fate === "prepare" && isTold).slice(0, most)];
}

async function stepDone(look: SeatLook, { client, pool, signal, how }: PoolWork): Promise<SeatOutcome> {
  const step = STEPS.has(look.fate) ? (look.fate as SeatWork) : undefined;
  const isToldFirst = step === undefined || (step === "prepare" && !look.isTold);
  const done = isToldFirst ? tell(client, pool, look) : doStep(look, step, { client, pool, signal, wait: how.wait });
  return done.then(
    (end) => ({ look, end }),
    (error: unknown) => ({ look, failure: refusalOf(error) }),
  );
}

/** A seat that is removed once it was used has no snapshot to have its mark from. */
async function tell(client: VcenterClient, { refresh }: Pool, { machine, closesAfter }: SeatLook): Promise<undefined> {
  const mark = refresh === "remake" ? { [MARK_KEY]: markText(0) } : {};
  await client.setExtraConfig(machine, { [RETURN_KEY]: closesAfter, ...mark });
}
