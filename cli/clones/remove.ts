import type { DeployedCity } from "../../environments/model/city";
import { mapConcurrently } from "../../runtime/map-concurrently";
import { messageOf } from "../../runtime/errors";
import { machinesNamed } from "../../vcenter/stray-machines";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { inVcenter, vcenterUser } from "../vcenter-session";
import type { Stray } from "./strays";
import { fateNow } from "./strays";

/** What was done with a stray. */
export interface StrayOutcome {
  readonly stray: Stray;
  readonly done: "removed" | "adopted";
  /** Why it could not be done. @default - it was */
  readonly failure?: string;
}

const AT_A_TIME = 4;

/** Deletes the unfinished clones among strays, each after it was looked at once more: somebody may have started it. */
export function removeStrays(
  city: DeployedCity,
  found: readonly Stray[],
  signal: AbortSignal,
): Promise<StrayOutcome[]> {
  const unfinished = found.filter(({ fate }) => fate.kind === "unfinished");
  if (unfinished.length === 0) return Promise.resolve([]);
  const login = { server: city.platform.vsphere.server, ...vcenterUser(), connections: AT_A_TIME };
  return inVcenter(city, login, (client) =>
    mapConcurrently(unfinished, AT_A_TIME, signal, async (stray): Promise<StrayOutcome> => {
      try {
        await remove(city, stray, client);
        return { stray, done: "removed" };
      } catch (error) {
        return { stray, done: "removed", failure: messageOf(error) };
      }
    }),
  );
}

async function remove(city: DeployedCity, { name, machine }: Stray, client: VcenterClient): Promise<void> {
  const now = await machinesNamed(client, city.platform.vsphere.datacenter, new Set([name]));
  const same = now.find(({ id, uuid }) => id === machine.id && uuid === machine.uuid);
  if (same === undefined) throw new Error("it is not there any more");
  const fate = fateNow(city, name, same);
  if (fate.kind !== "unfinished") throw new Error("somebody was at it since: list them again");
  await client.destroy("VirtualMachine", machine.id);
}
