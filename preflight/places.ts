import { count, quoted } from "../environments/display";
import type { Path } from "../environments/path";
import type { FoundHost } from "../vcenter/inventory";
import { enumerated, missing, namesOf } from "./check";
import type { Compared, PreflightFinding } from "./check";

type Cluster = Compared["city"]["platform"]["clusters"][number];

/** The datacenter is there. */
export function* datacenter({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const { datacenter: name } = city.platform.vsphere;
  const there = inventory.datacenters;
  if (!there.includes(name))
    yield missing(["platform", "vsphere", "datacenter"], "datacenter", name, { there, where: "the vCenter" });
}

/** Every cluster is there, with the file's hosts and no others, as large as the file says. */
export function* clusters({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const there = namesOf(inventory.clusters);
  for (const [index, cluster] of city.platform.clusters.entries()) {
    const path = ["platform", "clusters", index];
    if (!there.includes(cluster.name))
      yield missing([...path, "name"], "cluster", cluster.name, { there, where: "the datacenter" });
    const named = city.platform.clusters.flatMap((one) => one.hosts);
    yield* hosts(cluster, path, { found: inventory.hosts, named });
    yield* sized(inventory.hosts, cluster, path);
    yield* others(cluster, path, inventory.hosts);
    if (inventory.clusters.some(({ name, drs }) => name === cluster.name && !drs))
      yield {
        ...{ path: [...path, "name"], weight: "wrong", expected: "a cluster with DRS, as resource pools need it" },
        message: `DRS is off in the cluster ${quoted(cluster.name)}`,
        repair: "turn it on in vCenter",
      };
  }
}

function* hosts(
  cluster: Cluster,
  path: Path,
  { found, named }: { readonly found: readonly FoundHost[]; readonly named: readonly string[] },
): Iterable<PreflightFinding> {
  for (const [index, name] of cluster.hosts.entries()) {
    const at = [...path, "hosts", index];
    const host = found.find((one) => one.name === name);
    if (host === undefined) yield missing(at, "host", name, { there: namesOf(found), where: "the datacenter", named });
    else yield* placed(host, cluster, at);
  }
}

function* placed(host: FoundHost, { name }: Cluster, path: Path): Iterable<PreflightFinding> {
  if (host.cluster !== name)
    yield {
      ...{ path, weight: "wrong", expected: `a host of the cluster ${quoted(name)}` },
      message: `${quoted(host.name)} is ${host.cluster === "" ? "in no cluster" : `in the cluster ${quoted(host.cluster)}`}`,
      repair: "move it in the file or in the vCenter",
    };
  if (host.connection !== "connected")
    yield {
      ...{ path, weight: "wrong", expected: "a connected host", repair: "connect it, or take it out of the file" },
      message: `${quoted(host.name)} is ${host.connection}`,
    };
  else if (host.inMaintenance)
    yield {
      ...{ path, weight: "question", expected: "a host that runs machines" },
      message: `${quoted(host.name)} is in maintenance mode`,
      repair: "end it before the deployment, if it is over",
    };
}

/** Hosts that are smaller than the file says: one finding for each size. */
function* sized(found: readonly FoundHost[], cluster: Cluster, path: Path): Iterable<PreflightFinding> {
  const sizes = [
    ["hostCores", cluster.hostCores, ({ cores }: FoundHost) => cores, "cores"],
    ["hostMemoryGib", cluster.hostMemoryGib, ({ memoryGib }: FoundHost) => Math.floor(memoryGib), "GiB of memory"],
  ] as const;
  for (const [key, said = 0, sizeOf, unit] of sizes) {
    const small = found.filter((host) => cluster.hosts.includes(host.name) && sizeOf(host) < said);
    if (small.length === 0) continue;
    const least = String(Math.min(...small.map(sizeOf)));
    const names = enumerated(namesOf(small));
    yield {
      ...{ path: [...path, key], weight: "wrong", expected: `at most what every host of the cluster has` },
      message:
        small.length === 1
          ? `${names} has ${least} ${unit}, not ${String(said)}`
          : `${count(small.length, "host")} have less than ${String(said)} ${unit}, the least ${least}: ${names}`,
      repair: `write ${least}, or less for what the hypervisor takes`,
    };
  }
}

/** DRS would place desktops on hosts that have not joined the switch. */
function* others(cluster: Cluster, path: Path, found: readonly FoundHost[]): Iterable<PreflightFinding> {
  const left = found.filter((host) => host.cluster === cluster.name && !cluster.hosts.includes(host.name));
  if (left.length === 0) return;
  yield {
    ...{ path: [...path, "hosts"], weight: "wrong", expected: "every host of the cluster" },
    message: `the cluster ${quoted(cluster.name)} has ${count(left.length, "host")} that the file leaves out: ${enumerated(namesOf(left))}`,
    repair: "add them: machines may be placed on any host of the cluster",
  };
}
