import { z } from "zod";

const machine = z.object({
  name: z.string(),
  folder: z.string(),
  resourcePool: z.string().optional(),
  host: z.string().optional(),
  datastores: z.array(z.string()),
  guestId: z.string(),
  cpus: z.number(),
  memoryMib: z.number(),
  memoryReservationMib: z.number(),
  svga: z.record(z.string(), z.string()),
  hostName: z.string().optional(),
  firmware: z.string(),
  secureBoot: z.boolean(),
  vtpm: z.boolean(),
  disks: z.array(z.object({ label: z.string(), gib: z.number(), file: z.string(), parent: z.string().optional() })),
  networks: z.array(z.string()),
  adapters: z.array(z.object({ network: z.string(), macAddress: z.string() })),
  guestinfo: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  annotation: z.string(),
  customAttributes: z.record(z.string(), z.string()),
  instanceUuid: z.string(),
  powerState: z.string(),
  bootTime: z.string().optional(),
});

/** What the tests look at of a vCenter's snapshot (lab/vcenter/README.md has all of it). */
export const snapshotSchema = z.object({
  folders: z.array(z.string()),
  resourcePools: z.array(
    z.object({
      path: z.string(),
      cpuShares: z.object({ level: z.string(), shares: z.number() }),
      memoryShares: z.object({ level: z.string(), shares: z.number() }),
    }),
  ),
  clusters: z.array(
    z.object({
      name: z.string(),
      hostGroups: z.array(z.object({ name: z.string(), members: z.array(z.string()) })),
      rules: z.array(z.looseObject({ name: z.string(), mandatory: z.boolean() })),
      overrides: z.array(
        z.object({
          machine: z.string(),
          restartPriority: z.string().optional(),
          automationLevel: z.string().optional(),
        }),
      ),
    }),
  ),
  portGroups: z.array(
    z.object({
      name: z.string(),
      uplink: z.boolean(),
      vlan: z.number().optional(),
      privateVlan: z.number().optional(),
      promiscuous: z.boolean(),
      forgedTransmits: z.boolean(),
      macChanges: z.boolean(),
    }),
  ),
  distributedSwitches: z.array(
    z.object({
      name: z.string(),
      mtu: z.number(),
      uplinks: z.array(z.string()),
      hosts: z.array(z.object({ name: z.string(), devices: z.array(z.string()) })),
      privateVlans: z.array(z.object({ primary: z.number(), secondary: z.number(), type: z.string() })),
    }),
  ),
  virtualMachines: z.array(machine),
  permissions: z.array(z.object({ entity: z.string(), principal: z.string(), role: z.string(), group: z.boolean() })),
});

/** @see snapshotSchema */
export type Snapshot = z.output<typeof snapshotSchema>;
