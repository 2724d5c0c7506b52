import { listed, quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import type { Path } from "../../path";
import { sourceOf } from "../../seats/definition";
import { clustersOf, placesOf } from "../../seats/places";
import { declaredImage, declaredWorkstation } from "../helpers/declared";
import type { CityRule, Finding, RuleTexts } from "../rule";

/** A linked clone ends with its template, so no person's data may be on it; it is replaced to get a new one. */
export const linkedFloating: CityRule = rule(
  {
    id: "linked-floating",
    explanation: "a pool of linked clones is floating: their disks end with the template's snapshot",
    repair: "write clone: full, or assignment: floating",
  },
  function* (_, { assignment }, path) {
    if (assignment !== "floating") yield { path: [...path, "clone"], message: `linked, in a ${assignment} pool` };
  },
);

/**
 * vSphere's provider takes any template (2.15.0 to 2.16.1, `ValidateVirtualMachineClone`): of one without a snapshot, and of a
 * library's item, it makes full clones without a word.
 */
export const linkedSnapshot: CityRule = rule(
  {
    id: "linked-snapshot",
    explanation: "a version that linked clones are made from, now or by a rollout, names its template's snapshot",
    repair: "take a snapshot of the template, and name it in the version's snapshot, or write clone: full",
  },
  function* (city, pool, path) {
    const image = declaredImage(city, pool.workstation);
    for (const [name, at] of versionsOf(pool)) {
      const version = image?.image.versions[name];
      if (version === undefined) continue;
      const without = clustersOf(pool).filter((cluster) => sourceOf(version, cluster).snapshot === undefined);
      if (without.length === 0) continue;
      const of = `the version ${quoted(name)} of ${quoted(image?.name ?? "")}`;
      const where = version.clusters === undefined ? "" : ` for ${listed(without)}`;
      yield { path: [...path, ...at], message: `${of} names no snapshot${where}, and the pool has linked clones` };
    }
  },
);

/** The same provider: the disk of a linked clone must be the exact size of its source; vSphere grows none that has a parent. */
export const linkedDisk: CityRule = rule(
  {
    id: "linked-disk",
    explanation: "the workstation of linked clones has its image's diskGib, and their pool no growDisks",
    repair: "make the template's disk as large as the machines need, or write clone: full",
  },
  function* (city, { workstation, growDisks }, path) {
    const wanted = declaredWorkstation(city, workstation)?.diskGib;
    const has = declaredImage(city, workstation)?.image.diskGib;
    if (wanted !== undefined && has !== undefined && wanted > has) {
      const sizes = `${String(wanted)} GiB, its image ${String(has)}`;
      yield { path: [...path, "clone"], message: `linked, and the workstation ${quoted(workstation)} has ${sizes}` };
    }
    if (growDisks) yield { path: [...path, "growDisks"], message: "true, and the pool has linked clones" };
  },
);

/**
 * Clones of a template share what is on its own datastore alone ("vSphere Web Services API",
 * `moveAllDiskBackingsAndAllowSharing`): elsewhere the first clone's disk would be the others'.
 */
export const linkedDatastore: CityRule = rule(
  {
    id: "linked-datastore",
    explanation: "linked clones of one template are on one datastore, the template's",
    repair: "name one datastore, or templates of the clusters' own in the version's clusters, or write clone: full",
  },
  function* (city, pool, path) {
    const versions = declaredImage(city, pool.workstation)?.image.versions ?? {};
    const taken = versionsOf(pool).flatMap(([name]) => versions[name] ?? []);
    const first = new Map<string, string>();
    for (const { cluster, datastore = "", path: at, weight } of placesOf(city, pool)) {
      if (weight === 0) continue;
      for (const { template } of taken.map((version) => sourceOf(version, cluster))) {
        const other = first.get(template) ?? datastore;
        first.set(template, other);
        if (other === datastore) continue;
        const message = `${quoted(datastore)}, and linked clones of ${quoted(template)} are on ${quoted(other)} too`;
        yield { path: [...path, ...at], message };
      }
    }
  },
);

/** Asks something of every pool of linked clones. */
function rule(texts: RuleTexts, check: (city: City, pool: Pool, path: Path) => Iterable<Finding>): CityRule {
  return {
    ...texts,
    *check(city) {
      for (const [index, pool] of city.pools.entries())
        if (pool.clone === "linked") yield* check(city, pool, ["pools", index]);
    },
  };
}

/** Versions that machines of a pool are made from, each with its path in the pool. */
function versionsOf({ imageVersion, rollout }: Pool): [string, Path][] {
  return [[imageVersion, ["imageVersion"]], ...(rollout ? [[rollout.to, ["rollout", "to"]] as [string, Path]] : [])];
}
