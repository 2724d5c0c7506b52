import { quoted } from "../../display";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** vCenter refuses a host group with a host of another cluster. */
export const hostGroupHosts: CityRule = {
  id: "host-group-hosts",
  explanation: "the hosts of a host group are hosts of its cluster",
  repair: "correct the host's name or add it to the cluster's hosts",
  *check({ platform }) {
    for (const [clusterIndex, { name, hosts, hostGroups }] of platform.clusters.entries()) {
      for (const [groupIndex, group] of hostGroups.entries()) {
        for (const [index, host] of group.hosts.entries()) {
          const path = ["platform", "clusters", clusterIndex, "hostGroups", groupIndex, "hosts", index];
          const noun = `host of the cluster ${quoted(name)}`;
          yield* dangling({ path, name: host, known: hosts, noun, declared: "the cluster's hosts" });
        }
      }
    }
  },
};
