import type { Pool } from "../../environments/model/desktops";
import { FRESH, RETURN_KEY, refreshFate, refreshMark } from "../../operations/refresh-plan";
import type { RefreshFate } from "../../operations/refresh-plan";
import { isClaimed } from "../../operations/seat-claims";
import { seatReport } from "../../operations/seat-report";
import { guestinfoOf } from "../../secrets/guestinfo";
import type { PoolSeats } from "../../secrets/pool-seats";
import { shapesOf } from "../../vcenter/clean-snapshot";
import type { Shaped } from "../../vcenter/clean-snapshot";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";

/** A seat's machine as it is now, and what is to be done with it. */
export interface SeatLook extends Shaped {
  readonly seat: string;
  /** Managed object id of its machine. */
  readonly machine: string;
  /** What is done with it; `release` where its pool has no refresh any more, `held` where a deployment is about to change it. */
  readonly fate: RefreshFate | "release" | "held";
  readonly isOn: boolean;
  /** How often it was made as new since its snapshot was taken. */
  readonly times: number;
  /** What its guestinfo has to say of when it closes: minutes, or nothing. */
  readonly closesAfter: string;
  /** Whether its guestinfo says that. */
  readonly isTold: boolean;
}

/** What a seat is changed by. One that is off goes on with what a run before began: a deployment waits for it. */
export const STEPS: ReadonlySet<SeatLook["fate"]> = new Set([
  "start",
  "revert",
  "remake",
  "release",
  "prepare",
] as const);

const MS = 1000;

/** The seats of a pool that have a machine. @throws VcenterError where vCenter is not reached or refuses */
export async function lookAtPool(client: VcenterClient, pool: Pool, { folder, seats }: PoolSeats): Promise<SeatLook[]> {
  const wanted = new Set(seats);
  const machines = ((await client.machinesIn(folder)) ?? []).filter(({ name }) => wanted.has(name));
  return withShapes(client, pool, machines);
}

/** The same seat as it is now, a moment before something is done with it. @throws VcenterError where vCenter is not reached or refuses */
export async function lookAgain(
  client: VcenterClient,
  pool: Pool,
  { machine }: SeatLook,
): Promise<SeatLook | undefined> {
  return (await withShapes(client, pool, [await client.machineNow(machine)]))[0];
}

async function withShapes(client: VcenterClient, pool: Pool, machines: readonly VcenterMachine[]): Promise<SeatLook[]> {
  const shapes = await shapesOf(
    client,
    machines.map(({ id }) => id),
  );
  return machines.flatMap((machine) => {
    const shaped = shapes.get(machine.id);
    if (shaped === undefined) return [];
    const shape = `${shaped.shape}, ${loginOf(machine)}`;
    return [seatLook(pool, machine, { ...shaped, shape }, Date.now() / MS)];
  });
}

function seatLook(pool: Pool, { id, name, isOn, extraConfig }: VcenterMachine, shaped: Shaped, now: number): SeatLook {
  const { refresh, returnMinutes } = pool;
  const mark = refreshMark(extraConfig);
  const snapshot = snapshotAge(shaped);
  const use = { isOn, mark, snapshot, report: seatReport(extraConfig, now), isJoined: isJoined(extraConfig) };
  const said = extraConfig[RETURN_KEY] ?? "";
  const closesAfter = refresh === undefined ? "" : String(returnMinutes);
  const isKnown = said !== "" || mark !== undefined || snapshot !== undefined;
  const fate = refresh === undefined ? (isKnown ? "release" : "clean") : refreshFate(use, refresh, returnMinutes, now);
  return {
    ...{ seat: name, machine: id, isOn, ...shaped },
    fate: isOn && STEPS.has(fate) && isClaimed(extraConfig, "deployment", now) ? "held" : fate,
    times: mark === undefined || mark === FRESH ? 0 : mark.times,
    ...{ closesAfter, isTold: said === closesAfter && (refresh !== "remake" || mark !== undefined) },
  };
}

/**
 * The first secret by which a machine joined. One that joined anew since its snapshot has another password in the domain, which a
 * revert would lose.
 */
function loginOf({ extraConfig }: VcenterMachine): string {
  const { accessor } = guestinfoOf(extraConfig);
  return accessor === "" ? "no first secret" : `first secret ${accessor}`;
}

function snapshotAge({ shape, snapshot }: Shaped): "current" | "older" | undefined {
  if (snapshot === undefined) return undefined;
  return snapshot.shape === shape ? "current" : "older";
}

function isJoined(extraConfig: VcenterMachine["extraConfig"]): boolean {
  return guestinfoOf(extraConfig).state === "joined";
}
