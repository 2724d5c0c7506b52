import { z } from "zod";
import { ipv4Address, ipv4Range, ipv6Address, ipv6Range } from "./addresses";
import {
  blockSchema,
  expectationSchema,
  flowSchema,
  managementSchema,
  networkOutsideSchema,
  serviceSchema,
} from "./flows";
import { gatewaySchema } from "./gateway";
import { mtu } from "./mtu";
import { slug, vlanId } from "./primitives";
import { switchSchema } from "./switch";

/** Purpose of a segment; flows may name a whole zone, such as `zone:data`. */
export const ZONES = ["desktops", "dmz", "management", "services", "data", "transit"] as const;

/** Type of a private VLAN's secondary one (RFC 5517); of the primary itself promiscuous. */
export const PRIVATE_VLAN_TYPES = ["promiscuous", "isolated", "community"] as const;

/** A network segment: a port group with its VLAN and its address range. */
export const segmentSchema = z
  .strictObject({
    name: slug.describe("Name of the segment and of its port group."),
    zone: z
      .enum(ZONES)
      .optional()
      .describe(
        "What it is for: desktops; dmz, what users reach from outside; management; services, shared by all; data, the " +
          "city's databases; transit, the ports of routers and gateways. By default desktops where a pool is in it.",
      ),
    vlan: vlanId.describe("Its VLAN; with privateVlan, the primary one."),
    privateVlan: z
      .strictObject({
        secondary: vlanId.describe("The secondary VLAN; of a promiscuous segment, the primary again."),
        type: z
          .enum(PRIVATE_VLAN_TYPES)
          .describe("isolated: its machines reach only promiscuous ports; community: each other too."),
      })
      .optional()
      .describe("Makes it a private VLAN."),
    subnet: ipv4Range.optional().describe("IPv4 range in CIDR notation; only a promiscuous segment needs none."),
    subnet6: ipv6Range.optional().describe("IPv6 range in CIDR notation; without it the segment has no IPv6."),
    gateway: ipv4Address.optional().describe("IPv4 address of its router; by default the first of the subnet."),
    gateway6: ipv6Address.optional().describe("IPv6 address of its router; by default the first of subnet6."),
    slaac: z
      .boolean()
      .optional()
      .describe(
        "Whether its machines make themselves addresses in subnet6 (SLAAC), by advertisements of its router, which the " +
          "city's gateways send by radvd in the template; false where they have none, or static ones.",
      ),
    dhcp: z
      .strictObject({
        first: ipv4Address.describe("First address that DHCP gives out."),
        last: ipv4Address.describe("Last address that DHCP gives out."),
      })
      .optional()
      .describe("Addresses given out by DHCP; without it the plan is static and network.services are its addresses."),
    mtu: mtu.optional().describe("Largest packet of its machines, in bytes; by default the switch's."),
    external: z.boolean().default(false).describe("It exists elsewhere and is only documented here; nothing is made."),
  })
  .describe("A network segment.");

/** @see segmentSchema */
export type Segment = z.output<typeof segmentSchema>;

/** A city's distributed switch, its segments, and its flows. */
export const networkSchema = z
  .strictObject({
    switch: switchSchema,
    segments: z.array(segmentSchema).min(1).describe("Its segments."),
    gateway: gatewaySchema.optional(),
    outside: z.array(networkOutsideSchema).default([]).describe("Networks outside that flows name."),
    services: z.array(serviceSchema).default([]).describe("Services that flows name."),
    management: managementSchema.optional(),
    flows: z.array(flowSchema).default([]).describe("What is opened; everything else is closed."),
    blocks: z.array(blockSchema).default([]).describe("What stays closed whatever a flow opens."),
    mustReach: z.array(expectationSchema).default([]).describe("What has to be open, from every address to every one."),
    mustNotReach: z.array(expectationSchema).default([]).describe("What has to be closed, in an emergency too."),
  })
  .describe("The city's networks, and who may reach whom.");

/** @see networkSchema */
export type Network = z.output<typeof networkSchema>;
