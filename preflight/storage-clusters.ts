import { count, quoted } from "../environments/display";
import type { Platform } from "../environments/model/platform";
import type { Path } from "../environments/path";
import type { Inventory } from "../vcenter/inventory";
import type { FoundStorageCluster } from "../vcenter/storage-cluster";
import { enumerated, missing, namesOf } from "./check";
import type { Compared, PreflightFinding } from "./check";

type Declared = Platform["datastores"][number];

/** Every storage cluster is there with Storage DRS and the file's members, which all hosts reach, as large as the file says. */
export function* storageClusters({ city, inventory }: Compared): Iterable<PreflightFinding> {
  for (const [index, declared] of city.platform.datastores.entries()) {
    const { name, members } = declared;
    const path = ["platform", "datastores", index];
    if (members === undefined) continue;
    const found = inventory.storageClusters.find((one) => one.name === name);
    if (found === undefined)
      yield missing([...path, "name"], "storage cluster", name, {
        there: namesOf(inventory.storageClusters),
        where: "the datacenter",
        named: namesOf(city.platform.datastores),
      });
    else {
      yield* enabled(found, path);
      yield* membersOf(found, members, path);
      yield* reached(declared, found, path, inventory);
      yield* large(declared, found, path, inventory);
    }
  }
}

/** The provider refuses to make a machine there (2.15.0 to 2.16.1, `storagepod.CloneVM`). */
function* enabled({ name, drs }: FoundStorageCluster, path: Path): Iterable<PreflightFinding> {
  if (drs) return;
  yield {
    ...{ path: [...path, "name"], weight: "wrong", expected: "a storage cluster with Storage DRS" },
    message: `Storage DRS is off in ${quoted(name)}`,
    repair: "turn it on in vCenter, or name its datastores by themselves",
  };
}

function* membersOf(found: FoundStorageCluster, members: readonly string[], path: Path): Iterable<PreflightFinding> {
  for (const [number, member] of members.entries()) {
    if (found.members.includes(member)) continue;
    const where = `the storage cluster ${quoted(found.name)}`;
    yield missing([...path, "members", number], "datastore", member, { there: found.members, where, named: members });
  }
  const others = found.members.filter((member) => !members.includes(member));
  if (others.length === 0) return;
  yield {
    ...{ path: [...path, "members"], weight: "wrong", expected: "every datastore of the storage cluster" },
    message: `${quoted(found.name)} has ${count(others.length, "datastore")} that the file leaves out: ${enumerated(others)}`,
    repair: "add them: Storage DRS places machines on any of them",
  };
}

function* reached(
  { cluster, members = [] }: Declared,
  found: FoundStorageCluster,
  path: Path,
  { hosts }: Inventory,
): Iterable<PreflightFinding> {
  const own = hosts.filter((host) => host.cluster === cluster);
  // Others are told already.
  for (const member of found.members.filter((name) => members.includes(name))) {
    const without = own.filter((host) => !host.datastores.includes(member));
    if (without.length === 0) continue;
    yield {
      ...{ path: [...path, "cluster"], weight: "wrong", expected: "members that all hosts of the cluster reach" },
      message: `${quoted(member)} of ${quoted(found.name)} is not reached by ${count(without.length, "host")} of ${quoted(cluster)}: ${enumerated(namesOf(without))}`,
      repair: "mount it there, or take it out of the storage cluster",
    };
  }
}

function* large(
  { capacityGib }: Declared,
  found: FoundStorageCluster,
  path: Path,
  { datastores }: Inventory,
): Iterable<PreflightFinding> {
  const sizes = datastores.flatMap((store) => (found.members.includes(store.name) ? store.capacityGib : []));
  const there = Math.floor(sizes.reduce((sum, size) => sum + size, 0));
  if (capacityGib === undefined || capacityGib <= there) return;
  yield {
    ...{ path: [...path, "capacityGib"], weight: "wrong", expected: `at most ${String(there)} GiB` },
    message: `the datastores of ${quoted(found.name)} have ${String(there)} GiB together, not ${String(capacityGib)}`,
    repair: `write at most ${String(there)}`,
  };
}
