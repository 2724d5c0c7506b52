import type { DeployedCity } from "../../environments/model/city";
import { seatReport } from "../../operations/seat-report";
import { disturbedSeats } from "../../preview/disturbed-seats";
import type { AtWork } from "../../preview/disturbed-seats";
import { poolChanges } from "../../preview/seat-changes";
import type { PlanResult } from "../../preview/stack-preview";
import { CommandError, Interrupted } from "../../runtime/errors";
import { poolSeats } from "../../secrets/pool-seats";
import { inVcenter, vcenterUser } from "../vcenter-session";

const MS = 1000;

/**
 * The hour, and how many sessions people have at the seats of pools that plans disturb, by the seats' reports. A vCenter that does not
 * answer keeps nothing else from being shown.
 */
export async function peopleAtWork(city: DeployedCity, results: readonly PlanResult[]): Promise<AtWork> {
  const now = new Date();
  const plans = results.flatMap((result) => ("plan" in result ? [result] : []));
  const changes = poolChanges(city, city, plans).filter((change) => disturbedSeats(change).length > 0);
  const pools = new Set(changes.map(({ pool }) => pool));
  if (pools.size === 0) return { now };
  const folders = poolSeats(city).flatMap(({ pool, folder }) => (pools.has(pool) ? [folder] : []));
  try {
    return { now, sessions: await sessionsIn(city, folders, now) };
  } catch (error) {
    if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
    console.error(`sessions at the seats that change were not counted: ${error.message}`);
    return { now };
  }
}

/** Asks the city's vCenter, as Terraform does: whatever VSPHERE_SERVER says. */
function sessionsIn(city: DeployedCity, folders: readonly string[], now: Date): Promise<Map<string, number>> {
  const login = { server: city.platform.vsphere.server, ...vcenterUser(), connections: 1 };
  return inVcenter(city, login, async (client) => {
    const sessions = new Map<string, number>();
    for (const folder of folders)
      for (const { name, extraConfig } of (await client.machinesIn(folder)) ?? [])
        sessions.set(name, seatReport(extraConfig, now.getTime() / MS)?.sessions ?? 0);
    return sessions;
  });
}
