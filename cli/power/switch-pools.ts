import type { DeployedCity } from "../../environments/model/city";
import type { Power } from "../../environments/model/power";
import { allOn, powerPlan } from "../../operations/power-plan";
import type { PowerPlan, SeatPower } from "../../operations/power-plan";
import { seatReport } from "../../operations/seat-report";
import { mapConcurrently } from "../../runtime/map-concurrently";
import { poolSeats } from "../../secrets/pool-seats";
import type { PoolSeats } from "../../secrets/pool-seats";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { cliProgress } from "../progress";
import { inCitysVcenter, refusalOf } from "../vcenter-session";

/** When, and how. */
export interface Switching {
  readonly now: Date;
  /** Whether nothing is done. */
  readonly isDry: boolean;
  /** Machines that are started or asked at a time. */
  readonly atATime: number;
}

/** What was done with the seats of a pool. */
export interface PoolOutcome {
  readonly pool: string;
  /** Whether all its seats are on now, by the file. */
  readonly isOn: boolean;
  readonly plan: PowerPlan;
  /** Released seats that have no machine. */
  readonly missing: number;
  readonly failures: readonly { readonly seat: string; readonly reason: string }[];
}

const MS = 1000;

/** Starts and shuts down the seats of every pool with power. @throws CommandError where vCenter is not reached or refuses the login */
export async function switchPools(city: DeployedCity, how: Switching, signal: AbortSignal): Promise<PoolOutcome[]> {
  const declared = new Map(city.pools.map((pool) => [pool.name, pool]));
  return inCitysVcenter(city, how.atATime, async (client) => {
    const outcomes: PoolOutcome[] = [];
    for (const pool of poolSeats(city)) {
      const { power, refresh } = declared.get(pool.pool) ?? {};
      if (power === undefined) continue;
      const switched = { pool, power, isRefreshed: refresh !== undefined };
      const title = `${pool.pool}: ${String(pool.seats.length)} seats`;
      outcomes.push(await cliProgress().step(title, (say) => switchPool(city, switched, how, { client, signal, say })));
    }
    return outcomes;
  });
}

interface Session {
  readonly client: VcenterClient;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

async function switchPool(
  city: DeployedCity,
  { pool, power, isRefreshed }: { readonly pool: PoolSeats; readonly power: Power; readonly isRefreshed: boolean },
  how: Switching,
  session: Session,
): Promise<PoolOutcome> {
  const seats = await seatsOf(pool, isRefreshed, session.client);
  const isOn = allOn(city, power, how.now);
  const plan = powerPlan(seats, isOn, power.reserve);
  const failures = how.isDry ? [] : await carriedOut(plan, how.atATime, session);
  return { pool: pool.pool, isOn, plan, missing: pool.seats.length - seats.length, failures };
}

async function seatsOf(pool: PoolSeats, isRefreshed: boolean, client: VcenterClient): Promise<SeatPower[]> {
  const machines = new Map((await client.machinesIn(pool.folder))?.map((machine) => [machine.name, machine]));
  return pool.seats.flatMap((seat) => {
    const machine = machines.get(seat);
    if (machine === undefined) return [];
    const { sessions, used = 0 } = seatReport(machine.extraConfig, Date.now() / MS) ?? {};
    return [{ seat, machine: machine.id, isOn: machine.isOn, sessions, isLeft: isRefreshed && used > 0 }];
  });
}

async function carriedOut(
  plan: PowerPlan,
  atATime: number,
  { client, signal, say }: Session,
): Promise<PoolOutcome["failures"]> {
  const tasks = [
    ...plan.start.map(({ seat, machine }) => ({ seat, run: () => client.powerOn(machine) })),
    ...plan.stop.map(({ seat, machine }) => ({ seat, run: () => client.shutDownGuest(machine) })),
  ];
  let done = 0;
  const ends = await mapConcurrently(tasks, atATime, signal, async ({ seat, run }) => {
    const reason = await run().then(() => undefined, refusalOf);
    say(`${String((done += 1))} of ${String(tasks.length)}: ${seat}`);
    return { seat, reason };
  });
  return ends.flatMap(({ seat, reason }) => (reason === undefined ? [] : [{ seat, reason }]));
}
