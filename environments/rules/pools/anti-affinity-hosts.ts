import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import { seatNumbers } from "../../seats/seats";
import { hostsCluster } from "../helpers/declared";
import type { CityRule } from "../rule";

/**
 * Machines on different hosts need one host more than there are machines: otherwise no host can go into maintenance,
 * and after a host's failure its machine has no place. A decommissioned pool, without seats, needs none.
 */
export const antiAffinityHosts: CityRule = {
  id: "anti-affinity-hosts",
  explanation: "a pool with antiAffinity has 2 seats or more, and fewer than hosts that it may run on",
  repair: "retire seats, add hosts, or write antiAffinity: false",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const hosts = pool.antiAffinity ? hostsFor(city, pool) : undefined;
      const seats = seatNumbers(pool).length;
      if (hosts === undefined || seats === 0 || (seats >= 2 && seats < hosts)) continue;
      const message = `antiAffinity is on, with a seat count of ${String(seats)} and a host count of ${String(hosts)}`;
      yield { path: ["pools", index, "antiAffinity"], message };
    }
  },
};

/**
 * Number of hosts that the pool may run on; undefined for an unknown cluster or host group, which other rules report.
 */
function hostsFor(city: City, pool: Pool): number | undefined {
  const { hostGroup } = pool;
  const cluster = hostsCluster(city, pool);
  if (hostGroup === undefined) return cluster?.hosts.length;
  return cluster?.hostGroups.find((group) => group.name === hostGroup)?.hosts.length;
}
