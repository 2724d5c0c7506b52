import { z } from "zod";
import { inventoryName, ipv4Range, slug, vlanId } from "./primitives";

/** A network segment: a port group with its VLAN and its address range. */
export const segmentSchema = z
  .strictObject({
    name: slug.describe("Name of the segment and of its port group."),
    vlan: vlanId.describe("Its VLAN; with privateVlan, the primary one."),
    privateVlan: z
      .strictObject({
        secondary: vlanId.describe("The secondary VLAN; of a promiscuous segment, the primary again."),
        type: z
          .enum(["promiscuous", "isolated", "community"])
          .describe("isolated: its machines reach only promiscuous ports; community: each other too."),
      })
      .optional()
      .describe("Makes it a private VLAN."),
    subnet: ipv4Range.describe("IPv4 range in CIDR notation; its first address is the gateway's."),
    external: z.boolean().default(false).describe("It exists elsewhere and is only documented here; nothing is made."),
  })
  .describe("A network segment.");

/** @see segmentSchema */
export type Segment = z.output<typeof segmentSchema>;

/** The distributed switch of a city and the segments on it. */
export const networkSchema = z
  .strictObject({
    switch: z
      .strictObject({
        name: inventoryName.describe("Name of the distributed switch."),
        adapters: z
          .array(z.string().regex(/^vmnic\d+$/, "a physical adapter such as vmnic2"))
          .min(1)
          .describe("Physical adapters of every host that become its uplinks."),
        mtu: z.int().min(1280).max(9000).default(1500).describe("Largest packet in bytes; 9000 for jumbo frames."),
      })
      .describe("The distributed switch, joined by every host of every cluster."),
    segments: z.array(segmentSchema).min(1).describe("Its segments."),
  })
  .describe("The city's networks.");
