import type { City } from "../../model/city";
import type { Reference } from "./dangling";

/** The clusters that a pair of machines may be in: those with a datastore of its own for each. */
export function machineClusters({ platform }: City): Pick<Reference, "known" | "noun" | "declared"> {
  const stored = new Set(platform.datastores.flatMap(({ cluster, members }) => (members === undefined ? cluster : [])));
  return {
    known: platform.clusters.map(({ name }) => name).filter((name) => stored.has(name)),
    noun: "cluster with a datastore that is no storage cluster",
    declared: "platform",
  };
}
