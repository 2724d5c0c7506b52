import { count, quoted } from "../environments/display";
import { sourcesOf } from "../environments/seats/template-sources";
import { enumerated } from "./check";
import type { Compared, PreflightFinding } from "./check";
import { templateUses } from "./template-uses";

/**
 * Where clusters have templates of their own, each is on a datastore that the hosts reach which make its clones. Otherwise
 * vCenter copies each clone over the network, which is slow and may be meant: of a version with one template nothing is said.
 */
export function* templateReach({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const uses = templateUses(city);
  for (const [image, { versions }] of Object.entries(city.images)) {
    const several = Object.fromEntries(
      Object.entries(versions).filter(([, version]) => version.clusters !== undefined),
    );
    for (const { template, library, path } of sourcesOf(image, several)) {
      const [found, another] = inventory.machines.filter(({ name }) => name === template);
      // None, or several, are findings of the templates; where a library's items are is not read.
      if (library !== undefined || found === undefined || another !== undefined || found.datastore === "") continue;
      const own = uses.filter((use) => use.image === image && use.template === template && use.library === undefined);
      const clusters = new Set(own.map(({ place }) => place.cluster));
      const without = inventory.hosts.filter(
        (host) => clusters.has(host.cluster) && !host.datastores.includes(found.datastore),
      );
      if (without.length === 0) continue;
      const names = enumerated([...new Set(without.map(({ cluster }) => cluster))]);
      yield {
        ...{
          path: [...path, "template"],
          weight: "question",
          expected: "a datastore that the hosts of its clones reach",
        },
        message: `${quoted(template)} is on ${quoted(found.datastore)}, which ${count(without.length, "host")} of ${names} ${without.length === 1 ? "does" : "do"} not reach`,
        repair: "name a template of the cluster's own in the version's clusters: each clone is copied over the network",
      };
    }
  }
}
