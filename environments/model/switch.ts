import { z } from "zod";
import { mtu } from "./mtu";
import { inventoryName, slug } from "./primitives";
import { esxiHostName } from "./urls";

/** Names of physical adapters, any number. */
export const anyAdapters = z.array(z.string().regex(/^vmnic\d+$/, "a physical adapter such as vmnic2"));

/** Names of physical adapters, at least one. */
export const physicalAdapters = anyAdapters.min(1);

const uplink = z.string().regex(/^uplink[1-9]\d?$/, "an uplink such as uplink2: that of each host's second adapter");

const adaptersOf = z
  .strictObject({
    cluster: inventoryName.describe("The cluster of the hosts."),
    hostGroup: slug.optional().describe("One of its host groups; by default, and without hosts, all its hosts."),
    hosts: z.array(esxiHostName).min(1).optional().describe("Some of its hosts."),
    adapters: physicalAdapters.describe("Their physical adapters that become uplinks, in the order of the uplinks."),
  })
  .describe("Hosts with other adapters.");

/** @see adaptersOf */
export type AdaptersOf = z.output<typeof adaptersOf>;

/** Teaming policies of the provider (vsphere_distributed_virtual_switch 2.15.0, teaming_policy). */
export const TEAMING_POLICIES = [
  "loadbalance_srcid",
  "loadbalance_srcmac",
  "loadbalance_ip",
  "loadbalance_loadbased",
  "failover_explicit",
] as const;

const teaming = z
  .strictObject({
    policy: z
      .enum(TEAMING_POLICIES)
      .describe(
        "How traffic is distributed among active uplinks: loadbalance_srcid by the machine's port, loadbalance_srcmac by its " +
          "MAC address, loadbalance_loadbased by load, failover_explicit the first that works; loadbalance_ip by addresses, " +
          "which needs a port channel on the physical switch.",
      ),
    standby: z
      .array(uplink)
      .default([])
      .describe("Uplinks that stand by until an active one fails; all others are active."),
  })
  .describe("How uplinks share the traffic; by default all are active, by vSphere's own policy.");

const lacp = z
  .strictObject({
    mode: z
      .enum(["active", "passive"])
      .describe("Whether the switch begins negotiating or waits for the physical one."),
    group: inventoryName
      .optional()
      .describe(
        "The link aggregation group of an existing switch; the provider makes none. It becomes the only active uplink of every " +
          "port group. By default all uplinks of a host are one group (vSphere's basic LACP).",
      ),
  })
  .describe("LACP; by default there is none.");

/** Versions that the provider knows (vsphere_distributed_virtual_switch 2.15.0, version). */
const VERSIONS = ["6.5.0", "6.6.0", "7.0.0", "7.0.2", "7.0.3", "8.0.0", "8.0.3", "9.0.0"] as const;

/** The distributed switch, existing or made from the file. */
export const switchSchema = z
  .strictObject({
    name: inventoryName.describe("Name of the distributed switch."),
    existing: z
      .boolean()
      .default(false)
      .describe(
        "true where it is there already, with its hosts and private VLANs; then it is only used. It is the usual case where " +
          "hosts have two adapters: a switch of its own takes adapters that no other switch has.",
      ),
    adapters: anyAdapters
      .default([])
      .describe(
        "Physical adapters of every host that become its uplinks, in their order; an existing switch has its own, which are " +
          "said only where teaming names uplinks.",
      ),
    adaptersOf: z.array(adaptersOf).default([]).describe("Hosts whose adapters are others than these."),
    mtu: mtu.default(1500).describe("Largest packet in bytes; 9000 for jumbo frames."),
    teaming: teaming.optional(),
    lacp: lacp.optional(),
    networkIoControl: z
      .boolean()
      .optional()
      .describe(
        "Whether network I/O control (version 3) shares bandwidth by kind of traffic; by default vSphere's own choice.",
      ),
    version: z
      .enum(VERSIONS)
      .optional()
      .describe("Version of the switch, never lowered; by default the newest that vCenter has when it is made."),
  })
  .describe("The distributed switch, joined by every host of every cluster.");

/** @see switchSchema */
export type Switch = z.output<typeof switchSchema>;
