import type { DeployedCity } from "../../environments/model/city";
import { afterStop, rolloutStop } from "../../operations/rollout-health";
import { seatReport } from "../../operations/seat-report";
import type { Approval } from "../../preview/approval";
import { growingRollouts } from "../../preview/growing-rollouts";
import type { GrowingRollout } from "../../preview/growing-rollouts";
import { isWaived } from "../../preview/waivers";
import { guestinfoOf } from "../../secrets/guestinfo";
import { poolSeats } from "../../secrets/pool-seats";
import { gatewayLogin } from "../gateways/city-gateways";
import { inVcenter } from "../vcenter-session";

const MS = 1000;

/**
 * Why stacks may not be applied: they would give a rollout's version to more seats, and those that have it are not healthy. It is asked
 * before the first apply, as seats that were just made are not healthy before they have their first secret. In a pool of which no seat
 * reports it is not asked.
 * @returns the reason, by stack
 * @throws CommandError where vCenter is not reached
 */
export async function rolloutRefusals(city: DeployedCity, approval: Approval): Promise<ReadonlyMap<string, string>> {
  const refusals = new Map<string, string>();
  const growing = growingRollouts(city, approval).filter(
    ({ pool }) => !isWaived(city, { gate: "rollout", scope: pool }),
  );
  for (const rollout of growing) {
    const reason = await stopOf(city, rollout);
    if (reason === undefined) continue;
    const text = `the gate rollout is closed for ${rollout.pool}: ${reason}`;
    for (const stack of rollout.stacks) refusals.set(stack, text);
  }
  return refusals;
}

async function stopOf(city: DeployedCity, { pool, rollout, earlier }: GrowingRollout): Promise<string | undefined> {
  const folder = poolSeats(city).find((one) => one.pool === pool)?.folder;
  if (folder === undefined) return undefined;
  const [wanted, now] = [new Set(earlier), Date.now() / MS];
  const machines = await inVcenter(city, { ...gatewayLogin(city), connections: 1 }, (client) =>
    client.machinesIn(folder),
  );
  const all = (machines ?? []).map(({ name, isOn, extraConfig }) => {
    const isJoined = guestinfoOf(extraConfig).state === "joined";
    return { seat: name, isOn, isJoined, report: seatReport(extraConfig, now) };
  });
  // Of images without the seats' agent nobody knows anything.
  if (all.every(({ report }) => report === undefined)) return undefined;
  const having = all.filter(({ seat }) => wanted.has(seat));
  const reason = rolloutStop(having, rollout);
  return reason === undefined ? undefined : `${reason}; ${afterStop(having, city.city.id)}`;
}
