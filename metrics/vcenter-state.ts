import { capacityOf } from "../environments/capacity/city-capacity";
import type { DeployedCity } from "../environments/model/city";
import type { ManagedObject } from "../vcenter/managed-object";
import type { Metric, Sample } from "./exposition";

/** What is read of vCenter's hosts, datastores and machines, by type. */
export const WANTED_OF_STATE: Readonly<Record<string, readonly string[]>> = {
  HostSystem: [
    ...["name", "runtime.connectionState", "runtime.inMaintenanceMode", "hardware.memorySize"],
    "summary.quickStats.overallMemoryUsage",
  ],
  Datastore: ["name", "summary.capacity", "summary.freeSpace"],
  VirtualMachine: ["name", "runtime.powerState", "runtime.host", "guest.toolsRunningStatus", "config.createDate"],
};

/** What a host can be; `missing`: the file names it and vCenter has none. */
const HOST_STATES = ["connected", "maintenance", "disconnected", "notResponding", "missing"] as const;
type HostState = (typeof HOST_STATES)[number];
type Cluster = DeployedCity["platform"]["clusters"][number];

const BYTES_PER_MIB = 2 ** 20;

/** The state of the city's hosts and datastores: one series a cluster and a datastore, none a host. */
export function platformMetrics(city: DeployedCity, objects: readonly ManagedObject[]): Metric[] {
  const hosts = new Map(objects.filter(({ type }) => type === "HostSystem").map((host) => [host.name, host]));
  const datastores = objects.filter(({ type }) => type === "Datastore");
  return [...hostMetrics(city, hosts), ...datastoreMetrics(city, datastores)];
}

function hostMetrics(city: DeployedCity, hosts: ReadonlyMap<string, ManagedObject>): Metric[] {
  const { clusters } = city.platform;
  const each = (value: (cluster: Cluster) => number): Sample[] =>
    clusters.map((cluster) => ({ labels: { cluster: cluster.name }, value: value(cluster) }));
  return [
    {
      ...{ name: "postazioni_hosts", help: "Hosts of a cluster by their state; missing ones are in the file only." },
      samples: clusters.flatMap((cluster) => hostSamples(cluster, hosts)),
    },
    {
      ...{ name: "postazioni_hosts_tolerated", help: "Hosts that may fail at once, as the file says." },
      samples: each(({ tolerates }) => tolerates),
    },
    {
      ...{ name: "postazioni_hosts_needed", help: "Hosts that the machines of the file need, by CPUs and memory." },
      samples: each((cluster) => hostsNeeded(city, cluster)),
    },
    ...memoryMetrics(clusters, hosts),
  ];
}

function memoryMetrics(clusters: readonly Cluster[], hosts: ReadonlyMap<string, ManagedObject>): Metric[] {
  const samples = (path: string, unit: number): Sample[] =>
    clusters.map(({ name, hosts: names }) => {
      const connected = names.flatMap((host) => hosts.get(host) ?? []).filter((one) => hostState(one) === "connected");
      const sum = connected.reduce((total, host) => total + Number(host.text(path) ?? 0), 0);
      return { labels: { cluster: name }, value: sum * unit };
    });
  return [
    {
      ...{ name: "postazioni_cluster_memory_bytes", help: "Memory of a cluster's connected hosts." },
      samples: samples("hardware.memorySize", 1),
    },
    {
      ...{ name: "postazioni_cluster_memory_used_bytes", help: "Memory in use on a cluster's connected hosts." },
      samples: samples("summary.quickStats.overallMemoryUsage", BYTES_PER_MIB),
    },
  ];
}

function hostSamples({ name, hosts: names }: Cluster, hosts: ReadonlyMap<string, ManagedObject>): Sample[] {
  const states = names.map((host) => hostState(hosts.get(host)));
  return HOST_STATES.map((state) => ({
    labels: { cluster: name, state },
    value: states.filter((one) => one === state).length,
  }));
}

function hostState(host: ManagedObject | undefined): HostState {
  if (host === undefined) return "missing";
  const connection = host.text("runtime.connectionState");
  if (connection === "disconnected" || connection === "notResponding") return connection;
  return host.text("runtime.inMaintenanceMode") === "true" ? "maintenance" : "connected";
}

/** By the scarcest of what the file counts: the demand as a share of what its hosts have left after failures. */
function hostsNeeded(city: DeployedCity, { name }: Cluster): number {
  const rows = capacityOf(city).filter((row) => row.kind === "cluster" && row.name === name);
  const needed = rows.map(({ demanded, available, hosts }) => {
    if (available === null || available === 0 || hosts === null) return 0;
    return Math.ceil(demanded / (available / hosts.left));
  });
  return Math.max(0, ...needed);
}

function datastoreMetrics({ platform }: DeployedCity, found: readonly ManagedObject[]): Metric[] {
  const declared = new Set(platform.datastores.map(({ name }) => name));
  const own = found.filter(({ name }) => declared.has(name));
  const samples = (path: string): Sample[] =>
    own.map((one) => ({ labels: { datastore: one.name }, value: Number(one.text(path) ?? 0) }));
  return [
    {
      ...{ name: "postazioni_datastore_capacity_bytes", help: "Size of a datastore." },
      samples: samples("summary.capacity"),
    },
    {
      ...{ name: "postazioni_datastore_free_bytes", help: "Free space of a datastore." },
      samples: samples("summary.freeSpace"),
    },
  ];
}
