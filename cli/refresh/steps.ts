import type { Pool } from "../../environments/model/desktops";
import { FRESH, MARK_KEY, markText, RETURN_KEY } from "../../operations/refresh-plan";
import type { RefreshStep } from "../../operations/refresh-plan";
import { REPAIR_KEY } from "../../operations/repair-plan";
import { claim } from "../../operations/seat-claims";
import { REPORT_KEY, seatReport } from "../../operations/seat-report";
import { until } from "../../runtime/until";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import { removeClean, revertTo, takeClean } from "../../vcenter/clean-snapshot";
import { VcenterError } from "../../vcenter/soap";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import { lookAgain } from "./look";
import type { SeatLook } from "./look";

/** What a step is done with. */
export interface RefreshWork {
  readonly client: VcenterClient;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** How long a seat has to shut down, and to report once it was started, in seconds. */
  readonly wait: number;
}

/** How a step ended. */
export interface StepEnd {
  /** Seconds from the beginning of the step until the seat could be worked at again. @default - it was not waited for */
  readonly seconds?: number | undefined;
  /** Whether nothing was done, as the seat is not any more as it was. */
  readonly isOvertaken: boolean;
}

/** All that is done with a seat: a step, or that it is let alone from now on. */
export type SeatWork = RefreshStep | "release";

const [MS, PAUSE_MS] = [1000, 2000];
/** How long somebody may be logging in, who has no session yet, from a seat's first report that it is closed. */
const LOGIN_SECONDS = 60;
const UNCLAIMED = claim("refresh", undefined);

/**
 * Does a step with a seat, after a last look at it.
 * @throws VcenterError with vCenter's reason, or where the seat does not do in time what it should
 */
export async function doStep(before: SeatLook, step: SeatWork, work: RefreshWork): Promise<StepEnd> {
  const begin = performance.now();
  await work.client.setExtraConfig(before.machine, claimed(work));
  if (step === "prepare" && before.isOn) await closed(before, work);
  const seat = await lookAgain(work.client, work.pool, before);
  if (seat?.fate !== step) {
    await work.client.setExtraConfig(before.machine, UNCLAIMED);
    return { isOvertaken: true };
  }
  await STEPS[step](seat, work);
  const isStarted = step !== "remake" && step !== "release";
  return { isOvertaken: false, seconds: isStarted ? (performance.now() - begin) / MS : undefined };
}

const STEPS: Readonly<Record<SeatWork, (seat: SeatLook, work: RefreshWork) => Promise<void>>> = {
  prepare,
  start: (seat, work) => started(seat, 0, work),
  revert: async (seat, work) => {
    if (seat.snapshot === undefined) return;
    await revertTo(work.client, seat.snapshot);
    await started(seat, seat.times + 1, work);
  },
  remake: async ({ machine, isOn }, { client }) => {
    if (isOn) await client.powerOff(machine);
    await client.destroy("VirtualMachine", machine);
  },
  release: async ({ machine, snapshot }, { client }) => {
    if (snapshot !== undefined) await removeClean(client, snapshot);
    await client.setExtraConfig(machine, { [RETURN_KEY]: "", [MARK_KEY]: "", ...UNCLAIMED });
  },
};

function claimed({ wait }: RefreshWork): Record<string, string> {
  return claim("refresh", Date.now() / MS + wait);
}

/**
 * Waits until a seat that is claimed takes nobody any more, and whoever was just logging in would be there; or until somebody is: a
 * report may be older than who came since.
 */
async function closed(seat: SeatLook, work: RefreshWork): Promise<void> {
  let first: number | undefined;
  await awaited("did not close, as an image's older seat report does not (boot/README.md),", seat, work, (machine) => {
    const report = seatReport(machine.extraConfig, Date.now() / MS);
    if (!machine.isOn || (report?.sessions ?? 0) > 0) return true;
    if (report?.closed !== true) return false;
    first ??= report.at;
    return report.at >= first + LOGIN_SECONDS;
  });
}

/**
 * Takes a seat's snapshot while its machine is off: nobody can log in meanwhile, and its file systems are whole. What the
 * guest itself wrote of its first secret would be gone by then, and a used wrapping token back, so that is written anew.
 */
async function prepare(seat: SeatLook, work: RefreshWork): Promise<void> {
  const { client } = work;
  await client.setExtraConfig(seat.machine, {
    ...{ [GUESTINFO_KEYS.state]: "joined", [GUESTINFO_KEYS.wrapped]: "" },
    ...{ [RETURN_KEY]: String(work.pool.returnMinutes), [MARK_KEY]: FRESH, [REPORT_KEY]: "", [REPAIR_KEY]: "" },
    ...claimed(work),
  });
  if (seat.isOn) {
    await client.shutDownGuest(seat.machine);
    await awaited("did not shut down", seat, work, ({ isOn }) => !isOn);
  }
  // The mark says it now, and the snapshot is to have no claim.
  await client.setExtraConfig(seat.machine, UNCLAIMED);
  if (seat.snapshot !== undefined) await removeClean(client, seat.snapshot);
  await takeClean(client, seat.machine, seat.shape);
  await started(seat, seat.times, work);
}

/** Starts a machine that is as new, and waits until it can be worked at. */
async function started({ machine }: SeatLook, times: number, work: RefreshWork): Promise<void> {
  const { client, pool } = work;
  await client.setExtraConfig(machine, {
    ...{ [RETURN_KEY]: String(pool.returnMinutes), [MARK_KEY]: markText(times), [REPORT_KEY]: "", ...UNCLAIMED },
  });
  await client.powerOn(machine);
  await awaited("was started and does not report that it can be worked at", { machine }, work, ({ extraConfig }) => {
    return seatReport(extraConfig, Date.now() / MS)?.healthy === true;
  });
}

async function awaited(
  failure: string,
  { machine }: Pick<SeatLook, "machine">,
  { client, wait, signal }: RefreshWork,
  holds: (machine: VcenterMachine) => boolean,
): Promise<void> {
  const look = async (): Promise<boolean> => holds(await client.machineNow(machine));
  if (await until(look, { within: wait * MS, pause: PAUSE_MS, signal })) return;
  throw new VcenterError(`it ${failure} within ${String(wait)} s`);
}
