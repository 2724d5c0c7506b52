import { quoted } from "../../display";
import { hostAdapters } from "../../network/host-adapters";
import type { City, DeclaredCity } from "../../model/city";
import type { CityRule, Finding } from "../rule";

const EXISTING =
  "name the switch that its hosts have and say existing: true, the usual case with two adapters, or give the hosts more " +
  "adapters";

/** A physical adapter is in one switch: a second switch that took it would cut off the host, and vCenter with it. */
export const switchAdaptersFree: CityRule = {
  id: "switch-adapters-free",
  explanation:
    "the switch's adapters are among a cluster's hostAdapters, where it says them, and not among its takenAdapters unless " +
    "the switch is existing",
  repair: EXISTING,
  *check(city) {
    for (const [index, cluster] of city.platform.clusters.entries()) {
      yield* clusterFindings(city, index, cluster.hostAdapters);
      const foreign = cluster.takenAdapters.filter((name) => cluster.hostAdapters?.includes(name) === false);
      const path = ["platform", "clusters", index, "takenAdapters"];
      if (foreign.length > 0) yield { path, ...absent(foreign, cluster.hostAdapters ?? []) };
    }
  },
};

/** One finding for each list of adapters, at its first host. */
function* clusterFindings(city: DeclaredCity, index: number, all: readonly string[] | undefined): Iterable<Finding> {
  const cluster = city.platform.clusters[index];
  const lists = new Map(
    hostAdapters(city)
      .filter((one) => one.cluster === cluster?.name)
      .toReversed()
      .map(({ adapters, host }) => [adapters, host]),
  );
  for (const [adapters, host] of lists) {
    const path = ["platform", "clusters", index, all === undefined ? "takenAdapters" : "hostAdapters"];
    const missing = all === undefined ? [] : adapters.filter((name) => !all.includes(name));
    if (missing.length > 0) yield { path, ...absent(missing, all ?? []) };
    const taken = adapters.filter((name) => cluster?.takenAdapters.includes(name));
    if (taken.length > 0 && !city.network.switch.existing)
      yield { path, message: occupied(city, host, taken, all, cluster?.takenAdapters ?? []) };
  }
}

function absent(names: readonly string[], all: readonly string[]): Pick<Finding, "message" | "repair"> {
  return {
    message: `its hosts have no ${names.join(", ")}, only ${all.join(", ")}`,
    repair: "correct one of the two lists",
  };
}

function occupied(
  { network }: City,
  host: string,
  taken: readonly string[],
  all: readonly string[] | undefined,
  others: readonly string[],
): string {
  const free = all?.filter((name) => !others.includes(name));
  const left = free === undefined ? "" : free.length === 0 ? "; none is free" : `; free are ${free.join(", ")}`;
  return `${quoted(network.switch.name)} would take ${taken.join(", ")} of ${quoted(host)} from another switch${left}`;
}
