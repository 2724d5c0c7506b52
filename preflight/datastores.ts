import { count, quoted } from "../environments/display";
import { cityFolder } from "../environments/folder-names";
import type { Path } from "../environments/path";
import type { FoundDatastore, FoundHost } from "../vcenter/inventory";
import { enumerated, missing, namesOf } from "./check";
import type { Compared, PreflightFinding } from "./check";

/** Every datastore is there, reached by all hosts of its cluster, and as large as the file says. */
export function* datastores({ city, inventory }: Compared): Iterable<PreflightFinding> {
  for (const [index, { name, cluster, capacityGib, members }] of city.platform.datastores.entries()) {
    const path = ["platform", "datastores", index];
    // Another check's.
    if (members !== undefined) continue;
    const found = inventory.datastores.find((one) => one.name === name);
    if (found === undefined)
      yield missing([...path, "name"], "datastore", name, {
        there: namesOf(inventory.datastores),
        where: "the datacenter",
        named: namesOf(city.platform.datastores),
      });
    else {
      yield* reached(found, cluster, path, inventory.hosts);
      yield* mirrored(found, path, inventory.hosts);
      if (capacityGib !== undefined) yield* capacity(found, capacityGib, { city, inventory }, [...path, "capacityGib"]);
    }
  }
}

function* reached(
  { name }: FoundDatastore,
  cluster: string,
  path: Path,
  found: readonly FoundHost[],
): Iterable<PreflightFinding> {
  const without = found.filter((host) => host.cluster === cluster && !host.datastores.includes(name));
  if (without.length === 0) return;
  yield {
    ...{ path: [...path, "cluster"], weight: "wrong", expected: "a datastore that all hosts of its cluster reach" },
    message: `${quoted(name)} is not reached by ${count(without.length, "host")} of ${quoted(cluster)}: ${enumerated(namesOf(without))}`,
    repair: "mount it there, or name another datastore",
  };
}

/** VMware, "Administering VMware vSAN": one failure is tolerated by mirrors on three hosts, vSAN's default policy. */
const FEWEST_MIRRORED = 3;

function* mirrored(
  { name, type }: FoundDatastore,
  path: Path,
  hosts: readonly FoundHost[],
): Iterable<PreflightFinding> {
  const members = hosts.filter((host) => host.datastores.includes(name)).length;
  if (type === "vsan" && members < FEWEST_MIRRORED)
    yield {
      ...{
        path: [...path, "name"],
        weight: "question",
        expected: `${String(FEWEST_MIRRORED)} hosts, or a policy without mirrors`,
      },
      message: `${quoted(name)} is a vSAN of ${count(members, "host")}, and its default policy asks for ${String(FEWEST_MIRRORED)}`,
      repair: "name in the workstation a storagePolicy that it can keep, or make it the datastore's default",
    };
}

/** A vSAN datastore tells its raw capacity: what machines have of it depends on their storage policy. */
function* capacity(
  found: FoundDatastore,
  said: number,
  { city, inventory }: Compared,
  path: Path,
): Iterable<PreflightFinding> {
  const [there, free] = [Math.floor(found.capacityGib), Math.floor(found.freeGib)];
  if (said > there)
    yield {
      ...{ path, weight: "wrong", expected: `at most ${String(there)} GiB` },
      message: `${quoted(found.name)} has ${String(there)} GiB, not ${String(said)}`,
      repair: `write at most ${String(there)}`,
    };
  else if (found.type === "vsan" && said > there / 2)
    yield {
      ...{ path, weight: "question", expected: "the space for disks, without mirrors" },
      message: `${quoted(found.name)} is a vSAN datastore: its ${String(there)} GiB are before mirrors, and ${String(said)} are more than half`,
      repair: `with one mirror write at most ${String(Math.floor(there / 2))}`,
    };
  else if (said > free && !stands(city, inventory))
    yield {
      ...{ path, weight: "question", expected: "the space that machines can have" },
      message: `${quoted(found.name)} has ${String(free)} GiB free: others have the rest of its ${String(there)}`,
      repair: `write at most ${String(free)}, or make room`,
    };
}

/** Whether some of the city's machines are there, and use space themselves. */
function stands(city: Compared["city"], { machines }: Compared["inventory"]): boolean {
  return machines.some(({ path }) => path.startsWith(`${cityFolder(city)}/`));
}
