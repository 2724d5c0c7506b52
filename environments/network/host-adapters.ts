import type { City } from "../model/city";
import type { AdaptersOf } from "../model/switch";
import { onceEach } from "../once";

/** A host and its physical adapters that become uplinks of the city's switch. */
export interface HostAdapters {
  readonly cluster: string;
  readonly host: string;
  /** In the order of the uplinks: the first is uplink1. */
  readonly adapters: readonly string[];
}

/** Every host of every cluster with its adapters, in the order of the file; made once a city. */
export const hostAdapters: (city: City) => readonly HostAdapters[] = onceEach(({ platform, network }: City) => {
  const { adapters, adaptersOf } = network.switch;
  return platform.clusters.flatMap((cluster) => {
    const others = new Map(
      adaptersOf
        .filter((entry) => entry.cluster === cluster.name)
        .flatMap((entry) => hostsOf(cluster, entry).map((host) => [host.toLowerCase(), entry.adapters])),
    );
    return cluster.hosts.map((host) => ({
      cluster: cluster.name,
      host,
      adapters: others.get(host.toLowerCase()) ?? adapters,
    }));
  });
});

/** The hosts that an entry of adaptersOf is about; empty where its host group is not declared, which a rule reports. */
export function hostsOf(
  { hosts, hostGroups }: City["platform"]["clusters"][number],
  entry: Pick<AdaptersOf, "hostGroup" | "hosts">,
): readonly string[] {
  if (entry.hosts !== undefined) return entry.hosts;
  if (entry.hostGroup === undefined) return hosts;
  return hostGroups.find(({ name }) => name === entry.hostGroup)?.hosts ?? [];
}

/** The names of the switch's uplinks: as many as the host with the most adapters has. */
export function uplinkNames(city: City): string[] {
  const most = Math.max(...hostAdapters(city).map(({ adapters }) => adapters.length));
  return Array.from({ length: most }, (_, index) => `uplink${String(index + 1)}`);
}
