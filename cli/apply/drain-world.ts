import { createHash } from "node:crypto";
import type { DeployedCity } from "../../environments/model/city";
import { HELD_KEY } from "../../operations/drain-plan";
import type { DrainedSeat } from "../../operations/drain-plan";
import { FRESH, refreshMark } from "../../operations/refresh-plan";
import { claim, isClaimed } from "../../operations/seat-claims";
import { seatReport } from "../../operations/seat-report";
import { NOTICE_KEY } from "../../operations/session-notice";
import { mapConcurrently } from "../../runtime/map-concurrently";
import { pause, until } from "../../runtime/until";
import { poolSeats } from "../../secrets/pool-seats";
import { accessMachines, gatewayLogin } from "../gateways/city-gateways";
import { heldIn } from "../gateways/gateway-state";
import { inVcenter, refusalOf } from "../vcenter-session";
import type { VcenterMachine } from "../../vcenter/vcenter-client";
import type { DrainWorld } from "./draining";

const MS = 1000;
const [PAUSE_MS, HOLD_MS, HOLD_PAUSE_MS] = [30_000, 60_000, 2000];
const AT_A_TIME = 8;
/** As much of it as `access-agent.sh` says. */
const DIGEST_LENGTH = 12;

/**
 * A city's vCenter, in which seats report, people are told something, and access machines are told what they hold.
 * @param isAnswered whether machines run that answer: not in a lab without guests
 */
export function drainWorld(city: DeployedCity, isAnswered: boolean, signal: AbortSignal): DrainWorld {
  return {
    canClose: city.access?.machines !== undefined,
    seats: async (pool) => {
      const of = poolSeats(city).find((one) => one.pool === pool);
      if (of === undefined) return [];
      const machines = await inVcenter(city, { ...gatewayLogin(city), connections: 1 }, (client) =>
        client.machinesIn(of.folder),
      );
      return (machines ?? []).map((machine) => drainedSeat(machine, Date.now() / MS));
    },
    hold: (text) => held(city, text, isAnswered),
    notify: (machines, notice) => told(city, machines, { [NOTICE_KEY]: notice }),
    claim: (machines, until) => told(city, machines, claim("deployment", until)),
    now: () => Date.now(),
    pause: () => pause(PAUSE_MS, signal),
  };
}

/** A seat that `refresh` begins or goes on with has its claim, or the mark of a snapshot. */
function drainedSeat({ id, name, isOn, extraConfig }: VcenterMachine, now: number): DrainedSeat {
  const isRefreshed = isClaimed(extraConfig, "refresh", now) || refreshMark(extraConfig) === FRESH;
  return { seat: name, machine: id, isOn, isRefreshed, report: seatReport(extraConfig, now) };
}

/** A machine that is gone, or busy, is told at the next look. @returns the machines that have the settings */
async function told(
  city: DeployedCity,
  machines: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<string[]> {
  if (machines.length === 0) return [];
  return inVcenter(city, { ...gatewayLogin(city), connections: AT_A_TIME }, async (client) => {
    const ends = await mapConcurrently(machines, AT_A_TIME, undefined, async (machine) => {
      const reason = await client.setExtraConfig(machine, settings).then(() => undefined, refusalOf);
      return reason === undefined ? [machine] : [];
    });
    return ends.flat();
  });
}

/** Tells both access machines, and waits until those that run say that they hold it. */
async function held(city: DeployedCity, text: string, isAnswered: boolean): Promise<boolean> {
  const machines = accessMachines(city, gatewayLogin(city));
  for (const machine of machines) await machine.write({ [HELD_KEY]: text });
  if (!isAnswered || text === "") return true;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, DIGEST_LENGTH);
  const look = async (): Promise<boolean> => {
    const states = await Promise.all(machines.map(async (machine) => heldIn(await machine.read())));
    return states.every((state) => state === digest);
  };
  return (await until(look, { within: HOLD_MS, pause: HOLD_PAUSE_MS })) ?? false;
}
