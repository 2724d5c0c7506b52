import { z } from "zod";
import { inventoryName, slug, vaultNamespace, vgpuProfile } from "./primitives";
import { anyAdapters, physicalAdapters } from "./switch";
import { esxiHostName, hostName, vaultUrl } from "./urls";
import { providersSchema } from "./providers";
import { stateSchema } from "./state";
import { vsanSchema } from "./vsan";

const vgpu = z
  .strictObject({
    profile: vgpuProfile.describe("The profile."),
    perHost: z.int().min(1).max(1024).describe("Machines with this profile that each host of the group can run."),
  })
  .describe("A vGPU profile that every host of the group offers.");

const hostGroup = z
  .strictObject({
    name: slug.describe("Name of the host group, unique in its cluster."),
    hosts: z.array(esxiHostName).min(1).describe("Hosts of this cluster that belong to it."),
    vgpus: z
      .array(vgpu)
      .default([])
      .describe("What their graphics cards offer; which profiles may share a card is not checked."),
  })
  .describe("Hosts that a pool may be bound to, for example those with graphics cards.");

/** vSphere Configuration Maximums: a physical core carries up to 32 virtual CPUs. */
const MOST_CPUS_A_CORE = 32;
/**
 * Between the 4 that are typical for servers (VMware vSphere 6.7 Data Center Design Cookbook, "Determining the vCPU-to-core
 * ratio") and the 8 up to which Google's planner for VMware counts (Migration Center, VmwareEnginePreferences).
 */
const USUAL_CPUS_A_CORE = 6;
/** More than any host has; a larger number was probably meant in another unit, such as MiB. */
const [MOST_CORES, MOST_MEMORY_GIB] = [1024, 65_536];

const cluster = z
  .strictObject({
    name: inventoryName.describe("Name of the compute cluster in vCenter."),
    hostCores: z
      .int()
      .min(1)
      .max(MOST_CORES)
      .optional()
      .describe("Physical cores of each host, all of one size; without it virtual CPUs are not checked."),
    hostMemoryGib: z
      .int()
      .min(1)
      .max(MOST_MEMORY_GIB)
      .optional()
      .describe(
        "Memory of each host that machines can have, in GiB, without what the hypervisor keeps for itself and for each " +
          "machine. It is never overcommitted: a desktop that is swapped out stands still. Without it memory is not checked.",
      ),
    cpuOvercommit: z
      .number()
      .min(0.1)
      .max(MOST_CPUS_A_CORE)
      .default(USUAL_CPUS_A_CORE)
      .describe(
        "The most virtual CPUs a physical core; measure in a pilot what the work allows. 6 lies between what is usual for " +
          "servers and what machines allow that mostly wait.",
      ),
    tolerates: z
      .int()
      .min(0)
      .default(1)
      .describe(
        "Hosts that may fail or be in maintenance at a time with everything still running; counts for machines a host, vSAN's " +
          "components, and where hostCores or hostMemoryGib is said.",
      ),
    scalableShares: z
      .boolean()
      .default(false)
      .describe(
        "Whether the cluster has vSphere's scalable shares, which count a resource pool's machines: then the city's keep the " +
          "level normal. Otherwise each has shares for its seats.",
      ),
    hosts: z.array(esxiHostName).min(1).describe("Its ESXi hosts, as vCenter names them."),
    hostAdapters: physicalAdapters
      .optional()
      .describe("Physical adapters that each host has; without it the switch's are not checked."),
    takenAdapters: anyAdapters
      .default([])
      .describe("Those of them that other switches have, such as the one of the hosts' own management."),
    hostGroups: z.array(hostGroup).max(512).default([]).describe("DRS host groups to make in it."),
  })
  .describe("A compute cluster that exists in the datacenter.");

/** 100 Gbit/s; a larger number was probably meant in another unit. */
const MOST_COPY_MIB = 12_000;

/**
 * VMware Horizon 7.13, "Storage Overcommit for Linked-Clone Virtual Machines": the default level, Conservative, lets linked
 * clones have four times a datastore's size, each counted as large as its parent.
 */
const USUAL_LINKED_SHARE = 0.25;

const datastore = z
  .strictObject({
    name: inventoryName.describe("Name of the datastore in vCenter."),
    cluster: inventoryName.describe("The cluster whose hosts all reach it."),
    members: z
      .array(inventoryName)
      .min(1)
      .optional()
      .describe(
        "The datastores of the storage cluster (datastore cluster) of this name, over which vCenter's Storage DRS spreads " +
          "machines; by default it is a single datastore.",
      ),
    capacityGib: z
      .int()
      .min(1)
      .optional()
      .describe(
        "Space for machines' disks, in GiB, without mirrors, snapshots, swap files and templates, of a storage cluster's " +
          "members together; without it disks are not checked.",
      ),
    overcommit: z
      .number()
      .min(1)
      .max(4)
      .default(1)
      .describe("How many times capacityGib the disks may have together, since they are thin; 1 is none."),
    vsan: vsanSchema.optional(),
    copyMibPerSecond: z
      .int()
      .min(1)
      .max(MOST_COPY_MIB)
      .optional()
      .describe(
        "What it copies, all clones together, in MiB/s, measured while machines work; by default 200 is assumed where the " +
          "time of clones is computed.",
      ),
    linkedShare: z
      .number()
      .min(0.01)
      .max(1)
      .default(USUAL_LINKED_SHARE)
      .describe(
        "The part of its system disk that a linked clone is counted with: what it comes to change until it is replaced. " +
          "Measure it in a pilot.",
      ),
  })
  .describe("A datastore that exists in the datacenter.");

/**
 * A host has 16 units for operations at a time, and a clone takes 2 of them on the host that has the template and 2 on its
 * own (VMware, "vCenter Limits for Tasks Running at the Same Time", 2021): more than 8 clones of one template queue in
 * vCenter, while the provider's time for them runs.
 */
const CLONES_OF_A_TEMPLATE = 8;
/** vCenter runs about 640 operations at a time (as above). */
const MOST_CLONES = 640;
/** The provider accepts no less (2.15.0, `VirtualMachineCloneSchema`). */
const SHORTEST_CLONE_MINUTES = 10;
/** A day; a larger number was probably meant in seconds. */
const LONGEST_CLONE_MINUTES = 1440;

/** The engines that run a city's stacks as jobs of their own; the first two are also platforms of `secrets.ci`. */
export const ENGINES = ["github", "gitlab", "atlantis", "spacelift"] as const;

/** @see ENGINES */
export type Engine = (typeof ENGINES)[number];

/** The vCenter, the Vault server and the state store that a city's stacks are deployed to. */
export const platformSchema = z
  .strictObject({
    vsphere: z
      .strictObject({
        server: hostName.describe("vCenter Server's host name."),
        datacenter: inventoryName.describe("The datacenter that holds the clusters."),
        keyProvider: inventoryName
          .optional()
          .describe(
            "The key provider of vCenter that encrypts virtual TPMs and encrypted disks; by default there is none.",
          ),
        othersAttributes: z
          .array(z.int().min(1))
          .default([])
          .describe(
            "Keys of the custom attributes that other products write into dedicated machines, as govc fields.ls lists them: " +
              "cdktf by itself leaves these alone; npm run apply leaves all that are not the city's.",
          ),
        clonesAtATime: z
          .int()
          .min(1)
          .max(MOST_CLONES)
          .default(CLONES_OF_A_TEMPLATE)
          .describe(
            "The most machines that a deployment clones at a time, over all stacks of the city. 8 are what the one host of a " +
              "template takes; more pay where clusters have templates of their own.",
          ),
        cloneMinutes: z
          .int()
          .min(SHORTEST_CLONE_MINUTES)
          .max(LONGEST_CLONE_MINUTES)
          .optional()
          .describe(
            "Minutes that a clone may take before it counts as failed, though vCenter may still finish it; by default what " +
              "clonesAtATime clones of the largest image take of the slowest datastore, and 30 or more.",
          ),
      })
      .describe("The city's vCenter Server, whose certificate is always verified."),
    vault: z
      .strictObject({
        address: vaultUrl.describe("URL of the Vault server."),
        namespace: vaultNamespace
          .optional()
          .describe(
            "The city's namespace, which an administrator of Vault makes; by default the server's root, which no other city " +
              "may use. HashiCorp's Vault Community has no namespaces: such a server serves one city.",
          ),
      })
      .optional()
      .describe("The city's Vault server; by default there is none, and no stack of secrets."),
    state: stateSchema.default({ backend: "local" }),
    engine: z
      .enum(ENGINES)
      .optional()
      .describe(
        "The engine that runs the city's stacks as jobs of their own; by default one job of the platform in secrets.ci has all.",
      ),
    providers: providersSchema.prefault({}),
    seatsPerStack: z
      .int()
      .min(1)
      .max(1000)
      .default(250)
      .describe(
        "Seats in one stack and so in one Terraform state. Never changed: deployed seats would move between states.",
      ),
    clusters: z.array(cluster).min(1).describe("Compute clusters for desktops."),
    datastores: z.array(datastore).min(1).describe("Datastores for desktops; a cluster's first one is its default."),
  })
  .describe("What the city's stacks are deployed to.");

/** @see platformSchema */
export type Platform = z.output<typeof platformSchema>;
