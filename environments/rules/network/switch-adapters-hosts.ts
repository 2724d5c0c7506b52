import { quoted } from "../../display";
import { hostsOf } from "../../network/host-adapters";
import type { City } from "../../model/city";
import type { AdaptersOf } from "../../model/switch";
import type { Path } from "../../path";
import { dangling } from "../helpers/dangling";
import { declaredCluster } from "../helpers/declared";
import { folded } from "../helpers/repeated";
import type { CityRule, Finding } from "../rule";

/** A host with two lists of adapters would get one of them by chance. */
export const switchAdaptersHosts: CityRule = {
  id: "switch-adapters-hosts",
  explanation: "network.switch.adaptersOf names hosts or a host group of a declared cluster, and each host once",
  repair: "take the host out of one of the two",
  *check(city) {
    const seen = new Set<string>();
    for (const [index, entry] of city.network.switch.adaptersOf.entries()) {
      const path = ["network", "switch", "adaptersOf", index];
      yield* unknown(city, entry, path);
      if (entry.hosts !== undefined && entry.hostGroup !== undefined)
        yield { path, message: "it names hosts and a host group", repair: "take one of the two out" };
      for (const host of named(city, entry)) {
        if (seen.has(folded(host))) yield { path, message: `${quoted(host)} has adapters by an entry before` };
        seen.add(folded(host));
      }
    }
  },
};

function named(city: City, entry: AdaptersOf): readonly string[] {
  const cluster = declaredCluster(city, entry.cluster);
  return cluster === undefined ? [] : hostsOf(cluster, entry);
}

function* unknown(city: City, entry: AdaptersOf, path: Path): Iterable<Finding> {
  const { clusters } = city.platform;
  const cluster = declaredCluster(city, entry.cluster);
  const known = clusters.map(({ name }) => name);
  const place = { path: [...path, "cluster"], name: entry.cluster };
  yield* dangling({ ...place, known, noun: "cluster", declared: "platform.clusters" });
  if (cluster === undefined) return;
  const of = `of the cluster ${quoted(cluster.name)}`;
  const groups = cluster.hostGroups.map(({ name }) => name);
  for (const name of entry.hostGroup === undefined ? [] : [entry.hostGroup])
    yield* dangling({
      path: [...path, "hostGroup"],
      name,
      known: groups,
      noun: `host group ${of}`,
      declared: "hostGroups",
    });
  for (const [index, name] of (entry.hosts ?? []).entries())
    yield* dangling({
      path: [...path, "hosts", index],
      name,
      known: cluster.hosts,
      noun: `host ${of}`,
      declared: "hosts",
    });
}
