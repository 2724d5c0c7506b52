import type { DeployedCity } from "../../environments/model/city";
import type { Pool } from "../../environments/model/desktops";
import { fateOfSeat, isWidespread, repairRecord, repairSteps } from "../../operations/repair-plan";
import type { RepairRecord, SeatFate } from "../../operations/repair-plan";
import { seatReport } from "../../operations/seat-report";
import type { SeatReport } from "../../operations/seat-report";
import { guestinfoOf } from "../../secrets/guestinfo";
import { poolSeats } from "../../secrets/pool-seats";
import type { VcenterMachine } from "../../vcenter/vcenter-client";
import { inCitysVcenter } from "../vcenter-session";

/** A seat with a machine, and what is to be done with it. */
export interface SeatLook {
  readonly seat: string;
  /** Managed object id of its machine. */
  readonly machine: string;
  readonly fate: SeatFate;
  readonly record: RepairRecord | undefined;
}

/** A seat that nobody uses. */
export interface IdleSeat {
  readonly seat: string;
  /** Whole days since its last session; undefined where it never had one. */
  readonly days: number | undefined;
}

/** How the seats of a pool are. */
export interface PoolLook {
  readonly pool: string;
  /** The directorate's name. @default - it has none */
  readonly directorate: string | undefined;
  readonly seats: readonly SeatLook[];
  readonly idle: readonly IdleSeat[];
  /** Whether the file has its seats repaired. */
  readonly isRepaired: boolean;
  /** Whether more are unhealthy than one seat's fault explains. */
  readonly isWidespread: boolean;
}

const [MS, SECONDS_PER_DAY] = [1000, 86_400];
/** What counts where the file says nothing: the seats are only listed. */
const NO_REPAIR = { atMostPercent: 5, replace: false };
const UNHEALTHY: readonly SeatFate[] = ["restart", "first-login", "replace", "exhausted"];

/** How the seats of a city are, pool by pool. @throws CommandError where vCenter is not reached or refuses */
export async function lookAtPools(city: DeployedCity): Promise<PoolLook[]> {
  const pools = new Map(city.pools.map((pool) => [pool.name, pool]));
  return inCitysVcenter(city, 1, async (client) => {
    const looks: PoolLook[] = [];
    for (const { pool, folder, seats } of poolSeats(city)) {
      const declared = pools.get(pool);
      if (declared === undefined) continue;
      const wanted = new Set(seats);
      const machines = ((await client.machinesIn(folder)) ?? []).filter(({ name }) => wanted.has(name));
      looks.push(lookAt(city, declared, machines, Date.now() / MS));
    }
    return looks;
  });
}

function lookAt(city: DeployedCity, pool: Pool, machines: readonly VcenterMachine[], now: number): PoolLook {
  const { repair = NO_REPAIR, idleDays } = pool;
  const steps = repairSteps(repair, city.platform.vault !== undefined);
  const reports = machines.map((machine) => ({ machine, report: seatReport(machine.extraConfig, now) }));
  const seats = reports.map(({ machine, report }): SeatLook => {
    const { id, name, isOn, started, extraConfig } = machine;
    const [record, isAlert] = [repairRecord(extraConfig), guestinfoOf(extraConfig).state === "alert"];
    const health = { seat: name, machine: id, isOn, started, report, record, isAlert };
    return { seat: name, machine: id, record, fate: fateOfSeat(health, steps, now) };
  });
  return {
    pool: pool.name,
    directorate: city.directorates.find(({ id }) => id === pool.directorate)?.name,
    seats,
    idle:
      idleDays === undefined
        ? []
        : reports.flatMap(({ machine, report }) => idleSeat(machine.name, report, idleDays, now)),
    isRepaired: pool.repair !== undefined,
    isWidespread: isWidespread(
      seats.filter(({ fate }) => UNHEALTHY.includes(fate)).length,
      machines.filter(({ isOn }) => isOn).length,
      repair,
    ),
  };
}

/** Of a seat that does not report nothing is known. */
function idleSeat(seat: string, report: SeatReport | undefined, idleDays: number, now: number): IdleSeat[] {
  if (report === undefined) return [];
  if (report.used === 0) return [{ seat, days: undefined }];
  const days = Math.floor((now - report.used) / SECONDS_PER_DAY);
  return days >= idleDays ? [{ seat, days }] : [];
}
