import type { City } from "../model/city";
import type { Path } from "../path";
import { repeated } from "./repeated";
import type { Named } from "./repeated";
import type { CityRule } from "./rule";

/**
 * Names become keys of stacks, folders, tags and port groups, and vCenter's inventory tells its objects apart by them:
 * the second of a name would take the place of the first.
 */
export const uniqueNames: CityRule = {
  id: "unique-names",
  explanation: "each name once among things of one kind",
  repair: "rename one of the two or take it out",
  *check(city) {
    const { platform, network, support } = city;
    yield* repeated(keyed(city.directorates, ["directorates"], "id"), "directorate");
    yield* repeated(keyed(city.pools, ["pools"], "name"), "pool");
    yield* repeated([...keyed(city.pools, ["pools"], "code"), ...surgeCodes(city)], "pool code");
    yield* repeated(keyed(city.applications, ["applications"], "id"), "application");
    yield* repeated(keyed(platform.clusters, ["platform", "clusters"], "name"), "cluster");
    yield* repeated(keyed(platform.datastores, ["platform", "datastores"], "name"), "datastore");
    yield* repeated(listedNames(network.switch.adapters, ["network", "switch", "adapters"]), "adapter");
    yield* repeated(keyed(support.roles, ["support", "roles"], "name"), "role");
    for (const [index, cluster] of platform.clusters.entries()) {
      const groups: Path = ["platform", "clusters", index, "hostGroups"];
      yield* repeated(keyed(cluster.hostGroups, groups, "name"), "host group");
      for (const [group, { hosts, vgpus }] of cluster.hostGroups.entries()) {
        yield* repeated(listedNames(hosts, [...groups, group, "hosts"]), "host");
        yield* repeated(keyed(vgpus, [...groups, group, "vgpus"], "profile"), "vGPU profile");
      }
    }
    yield* repeatedRights(city);
    yield* repeatedInPools(city);
    yield* repeatedInWorkstations(city);
  },
};

function surgeCodes({ emergency }: City): Named[] {
  return keyed(emergency.surge, ["emergency", "surge"], "code");
}

function* repeatedInPools({ pools }: City): ReturnType<typeof repeated> {
  for (const [index, { applications, waves }] of pools.entries()) {
    yield* repeated(listedNames(applications, ["pools", index, "applications"]), "application");
    yield* repeated(keyed(waves, ["pools", index, "waves"], "id"), "wave");
  }
}

function* repeatedInWorkstations({ workstations }: City): ReturnType<typeof repeated> {
  for (const [key, { applications }] of Object.entries(workstations)) {
    yield* repeated(listedNames(applications, ["workstations", key, "applications"]), "application");
  }
}

function* repeatedRights({ support }: City): ReturnType<typeof repeated> {
  for (const [index, { may }] of support.roles.entries()) {
    yield* repeated(listedNames(may, ["support", "roles", index, "may"]), "right");
  }
}

function keyed<K extends string>(items: readonly Readonly<Record<K, string>>[], path: Path, key: K): Named[] {
  return items.map((item, index) => ({ path: [...path, index, key], name: item[key] }));
}

function listedNames(names: readonly string[], path: Path): Named[] {
  return names.map((name, index) => ({ path: [...path, index], name }));
}
