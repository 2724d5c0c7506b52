import type { DeployedCity } from "../environments/model/city";
import type { Monitoring } from "../environments/model/monitoring";
import { levelsOf } from "../environments/seats/service-levels";
import { allOn } from "../operations/power-plan";
import { guestinfoOf } from "../secrets/guestinfo";
import type { PoolSeats } from "../secrets/pool-seats";
import type { ManagedObject } from "../vcenter/managed-object";
import type { Metric, Sample } from "./exposition";

/**
 * What a released seat can be: `usable`; `silent`: on, but VMware Tools do not answer; `off`; `resting`: off as the pool's power says;
 * `lost`: its host does not
 * answer vCenter; `missing`: it has no machine.
 */
const SEAT_STATES = ["usable", "silent", "off", "resting", "lost", "missing"] as const;
/** What a machine reports of its first secret (secrets/guestinfo.ts); `none` where it reports nothing. */
const SECRET_STATES = ["none", "opened", "joined", "failed", "expired", "alert"] as const;

type SeatState = (typeof SEAT_STATES)[number];

const [MS, SECONDS_PER_MINUTE] = [1000, 60];

/** What was read of a city's machines. */
export interface SeatReadings {
  /** Hosts and machines, with the properties of {@link WANTED_OF_STATE}. */
  readonly objects: readonly ManagedObject[];
  /** Advanced settings of the seats' machines, by name. */
  readonly settings: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** The released seats of each pool by their state, their first secrets, and how many are not ready in time. @param now seconds since 1970 */
export function seatMetrics(
  city: DeployedCity,
  monitoring: Monitoring,
  pools: readonly PoolSeats[],
  readings: SeatReadings,
  now: number,
): Metric[] {
  const found = new Map(readings.objects.map((object) => [`${object.type} ${object.name}`, object]));
  const lost = new Set(readings.objects.filter(isLost).map(({ id }) => id));
  const machineOf = (seat: string): ManagedObject | undefined => found.get(`VirtualMachine ${seat}`);
  const resting = restingSeats(city, pools, new Date(now * MS));
  const state = (seat: string): SeatState => {
    const found = seatState(machineOf(seat), lost);
    return found === "off" && resting.has(seat) ? "resting" : found;
  };
  const secret = (seat: string): string => guestinfoOf(readings.settings.get(seat) ?? {}).state || "none";
  // Without a Vault no machine reports that it joined.
  const waits = pools.map((pool) => (city.platform.vault ? waiting(pool, secret, machineOf, now) : []));
  return [
    ...countMetrics(pools, state, secret),
    ...waitMetrics(pools, waits, (pool) => levelsOf(city, monitoring, pool).readyMinutes * SECONDS_PER_MINUTE),
  ];
}

function countMetrics(
  pools: readonly PoolSeats[],
  state: (seat: string) => string,
  secret: (seat: string) => string,
): Metric[] {
  return [
    metric(
      "seats_released",
      "Seats of a pool that the file has released.",
      perPool(pools, ({ seats }) => seats.length),
    ),
    metric("seats", "Released seats of a pool by their state.", counted(pools, SEAT_STATES, state)),
    metric(
      "first_secrets",
      "Released seats of a pool by what their machine reports of its first secret.",
      counted(pools, SECRET_STATES, secret),
    ),
  ];
}

/** @param waits seconds that seats wait, in the order of the pools */
function waitMetrics(
  pools: readonly PoolSeats[],
  waits: readonly (readonly number[])[],
  limitOf: (pool: string) => number,
): Metric[] {
  const each = (value: (pool: string, waited: readonly number[]) => number): Sample[] =>
    pools.map(({ pool }, index) => ({ labels: { pool }, value: value(pool, waits[index] ?? []) }));
  return [
    metric(
      "seats_late",
      "Seats that have not joined in the time of the service level.",
      each((pool, waited) => waited.filter((seconds) => seconds > limitOf(pool)).length),
    ),
    metric(
      "seat_longest_wait_seconds",
      "How long the seat that waits longest has not joined.",
      each((_, waited) => waited.reduce((longest, seconds) => Math.max(longest, seconds), 0)),
    ),
  ];
}

function metric(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name: `postazioni_${name}`, help, samples };
}

function perPool(pools: readonly PoolSeats[], value: (pool: PoolSeats) => number): Sample[] {
  return pools.map((pool) => ({ labels: { pool: pool.pool }, value: value(pool) }));
}

/** Each state has a series, also with 0, so that its end is seen. */
function counted(pools: readonly PoolSeats[], states: readonly string[], stateOf: (seat: string) => string): Sample[] {
  return pools.flatMap(({ pool, seats }) => {
    const found = seats.map(stateOf);
    return states.map((state) => ({
      labels: { pool, state },
      value: found.filter((one) => one === state).length,
    }));
  });
}

function isLost(object: ManagedObject): boolean {
  const connection = object.text("runtime.connectionState");
  return object.type === "HostSystem" && (connection === "disconnected" || connection === "notResponding");
}

function seatState(machine: ManagedObject | undefined, lost: ReadonlySet<string>): SeatState {
  if (machine === undefined) return "missing";
  if (lost.has(machine.text("runtime.host") ?? "")) return "lost";
  if (machine.text("runtime.powerState") !== "poweredOn") return "off";
  return machine.text("guest.toolsRunningStatus") === "guestToolsRunning" ? "usable" : "silent";
}

/** The seats that may be off now, as their pool's power says. */
function restingSeats(city: DeployedCity, pools: readonly PoolSeats[], now: Date): Set<string> {
  const powers = new Map(city.pools.map(({ name, power }) => [name, power]));
  return new Set(
    pools.flatMap(({ pool, seats }) => {
      const power = powers.get(pool);
      return power === undefined || allOn(city, power, now) ? [] : seats;
    }),
  );
}

/** Seconds that each seat which has not joined waits since its machine was made; adopted machines joined before. */
function waiting(
  { seats, customized }: PoolSeats,
  secret: (seat: string) => string,
  machineOf: (seat: string) => ManagedObject | undefined,
  now: number,
): number[] {
  const open = seats.filter((seat) => customized.has(seat) && secret(seat) !== "joined");
  return open.flatMap((seat) => {
    const made = Date.parse(machineOf(seat)?.text("config.createDate") ?? "");
    return Number.isNaN(made) ? [] : [now - made / MS];
  });
}
