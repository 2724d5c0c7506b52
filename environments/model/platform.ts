import { z } from "zod";
import { hostName, httpsUrl, inventoryName, slug } from "./primitives";
import { stateSchema } from "./state";

const hostGroup = z
  .strictObject({
    name: slug.describe("Name of the host group, unique in its cluster."),
    hosts: z.array(hostName).min(1).describe("Hosts of this cluster that belong to it."),
  })
  .describe("Hosts that a pool may be bound to, for example those with graphics cards.");

const cluster = z
  .strictObject({
    name: inventoryName.describe("Name of the compute cluster in vCenter."),
    hosts: z.array(hostName).min(1).describe("Its ESXi hosts, as vCenter names them."),
    hostGroups: z.array(hostGroup).default([]).describe("DRS host groups to make in it."),
  })
  .describe("A compute cluster that exists in the datacenter.");

const datastore = z
  .strictObject({
    name: inventoryName.describe("Name of the datastore in vCenter."),
    cluster: inventoryName.describe("The cluster whose hosts all reach it."),
  })
  .describe("A datastore that exists in the datacenter.");

/** The vCenter, the Vault server and the state store that a city's stacks are deployed to. */
export const platformSchema = z
  .strictObject({
    vsphere: z
      .strictObject({
        server: hostName.describe("vCenter Server's host name."),
        datacenter: inventoryName.describe("The datacenter that holds the clusters."),
      })
      .describe("The city's vCenter Server, whose certificate is always verified."),
    vault: z
      .strictObject({
        address: httpsUrl.describe("URL of the Vault server."),
      })
      .describe("The city's Vault server."),
    state: stateSchema.default({ backend: "local" }),
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
