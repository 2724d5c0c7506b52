import { isOpenMore } from "../environments/calendar/maintenance-window";
import type { DeployedCity } from "../environments/model/city";
import type { Maintenance } from "../environments/model/maintenance";
import type { GateFinding } from "./gate-finding";

/**
 * Pools of which a change takes out the maintenance, or has it disturb people more: it would open the gate `maintenance` of
 * its own deployment. Who reviews it lets it pass.
 */
export function weakenedMaintenance(base: DeployedCity, wanted: DeployedCity): GateFinding[] {
  const clocks = [base, wanted].map(({ calendar }) => calendar.timeZone);
  const [before = "", after = ""] = clocks;
  return wanted.pools.flatMap((pool, index): GateFinding[] => {
    const known = base.pools.find(({ name }) => name === pool.name)?.maintenance;
    if (known === undefined) return [];
    const moved = before === after ? [] : [`its windows are of the time in ${after}, in place of ${before}`];
    const how = pool.maintenance === undefined ? ["it is taken out"] : [...moved, ...weakerBy(known, pool.maintenance)];
    if (how.length === 0) return [];
    const text = `the pool's maintenance protects people less: ${how.join("; ")}`;
    const path = ["pools", index, ...(pool.maintenance === undefined ? [] : ["maintenance"])];
    return [{ gate: "review", scope: `maintenance ${pool.name}`, text, path }];
  });
}

function weakerBy(known: Maintenance, wanted: Maintenance): string[] {
  const [before, after] = [known, wanted].map(({ warnMinutes }) => Math.max(0, ...warnMinutes)) as [number, number];
  return [
    ...(isOpenMore(known.windows, wanted.windows) ? ["its windows are open at times when they were not"] : []),
    ...(known.atEnd === "wait" && wanted.atEnd === "log-off"
      ? ["at their end sessions are ended, not waited for"]
      : []),
    ...(after < before ? [`its longest warning is ${String(after)} minutes, not ${String(before)}`] : []),
  ];
}
