import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import { certificateMetric } from "../../metrics/certificate-state";
import type { Metric } from "../../metrics/exposition";
import { seatMetrics } from "../../metrics/seat-state";
import { platformMetrics, WANTED_OF_STATE } from "../../metrics/vcenter-state";
import type { PoolSeats } from "../../secrets/pool-seats";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { namedVcenter } from "../named-servers";
import { inVcenter, vcenterUser } from "../vcenter-session";
import { certificateEnd } from "./certificate-end";

/** Whose state is read. */
export interface Watched {
  readonly city: DeployedCity;
  readonly monitoring: Monitoring;
  readonly pools: readonly PoolSeats[];
  /** URL of Vault in place of the file's. */
  readonly vault: string | undefined;
}

const CONNECTIONS = 2;
const MS = 1000;

/** Reads the state of a city's vCenter. @throws CommandError where it is not reached or refuses */
export async function cityMetrics({ city, monitoring, pools, vault }: Watched): Promise<Metric[]> {
  const server = namedVcenter() ?? city.platform.vsphere.server;
  const [objects, settings] = await inVcenter(city, { server, ...vcenterUser(), connections: CONNECTIONS }, (client) =>
    Promise.all([client.objects(WANTED_OF_STATE), settingsOf(client, pools)]),
  );
  const now = Date.now() / MS;
  const asked = city.platform.vault && (vault ?? city.platform.vault.address);
  const servers = { vcenter: server, ...(asked !== undefined && { vault: new URL(asked).host }) };
  return [
    ...seatMetrics(city, monitoring, pools, { objects, settings }, now),
    ...platformMetrics(city, objects),
    certificateMetric(await ends(servers)),
  ];
}

/** Advanced settings of the machines in the pools' folders, by the machine's name. */
async function settingsOf(
  client: VcenterClient,
  pools: readonly PoolSeats[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const settings = new Map<string, Readonly<Record<string, string>>>();
  for (const folder of new Set(pools.map((pool) => pool.folder))) {
    for (const { name, extraConfig } of (await client.machinesIn(folder)) ?? []) settings.set(name, extraConfig);
  }
  return settings;
}

async function ends(servers: Readonly<Record<string, string>>): Promise<{ certificate: string; notAfter: number }[]> {
  const found = await Promise.all(
    Object.entries(servers).map(async ([certificate, server]) => ({
      certificate,
      notAfter: await certificateEnd(server),
    })),
  );
  return found.flatMap(({ certificate, notAfter }) => (notAfter === undefined ? [] : [{ certificate, notAfter }]));
}
