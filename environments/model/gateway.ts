import { z } from "zod";
import { ipAddress, ipv4Address, ipv6Address } from "./addresses";
import { pairClusters, pairDiskGib, pairGuest, virtualRouterId } from "./machine-pair";
import { inventoryName, slug } from "./primitives";

/** The most that a gateway can have; a pair that needs more is too small for its seats. */
export const MOST_GATEWAY_CPUS = 32;
/** As for CPUs. */
export const MOST_GATEWAY_MEMORY_GIB = 64;

/**
 * Assumptions until a pilot measures: Outlook alone holds some 8 connections (Microsoft, "Ensuring your proxy server can
 * scale"), a browser 6 to each of many servers, and names and logons end in entries that stay for up to two minutes. A
 * session of an office worker takes some 300 kbit/s, about 80 packets a second both ways, and the desktop's own traffic
 * comes beside it.
 */
const seatLoadFields = z.strictObject({
  connections: z.int().min(1).max(10_000).default(100).describe("Connections at the same time."),
  newConnections: z.number().min(0.01).max(1000).default(2).describe("New connections a second."),
  packets: z.int().min(1).max(100_000).default(100).describe("Packets a second, in both directions together."),
});

/** What pairs differ in. */
const pairFields = {
  cpus: z
    .int()
    .min(1)
    .max(MOST_GATEWAY_CPUS)
    .optional()
    .describe("Virtual CPUs of each; by default as many as the seats need, a power of two, at least 2."),
  memoryGib: z
    .int()
    .min(1)
    .max(MOST_GATEWAY_MEMORY_GIB)
    .optional()
    .describe("Memory of each, in GiB, all of it reserved; by default as much as the seats need, at least 4."),
  cpuReservationMhz: z
    .int()
    .min(0)
    .optional()
    .describe("Reserved clock of each, of all its CPUs together, in MHz; by default 2000 a CPU."),
  clusters: pairClusters,
  virtualRouterId: virtualRouterId.describe("VRRP's virtual router id, unique in the management segment."),
  macBlock: z
    .int()
    .min(0)
    .max(511)
    .optional()
    .describe(
      "Block of 8,192 static MAC addresses for the gateways, one for each VLAN; by default it follows from the city's id, of a further pair from its name too.",
    ),
};

const furtherPair = z
  .strictObject({
    name: slug.describe("Its name, in those of its machines and stacks: <city>-gateway-<name>-a and -b."),
    segments: z
      .array(slug)
      .min(1)
      .describe(
        "Segments between which it routes, with all others of the same VLANs; those that no pair has are the first pair's.",
      ),
    ...pairFields,
    load: seatLoadFields.optional().describe("What one seat behind it asks; by default network.gateway.load."),
    uplinkAddress: ipv4Address.describe("Its virtual address in the uplink; the two beside it are the gateways' own."),
    uplinkAddress6: ipv6Address.optional().describe("As uplinkAddress, where the uplink has subnet6."),
    managementAddress: ipv4Address.describe(
      "Its virtual address in the management segment; the two beside it are the gateways' own.",
    ),
    managementAddress6: ipv6Address
      .optional()
      .describe("As managementAddress, where the management segment has subnet6."),
  })
  .describe(
    "A further pair. All else is as the first pair has it: template, uplink, next hops, management and servers.",
  );

/** @see furtherPair */
export type FurtherPair = z.output<typeof furtherPair>;

/** The pair of machines that route between a city's segments and enforce its flows. */
export const gatewaySchema = z
  .strictObject({
    template: inventoryName.describe(
      "Template with Debian 12 or later, cloud-init, open-vm-tools, nftables, keepalived, ethtool, iputils-arping, " +
        "unattended-upgrades, systemd-resolved, systemd-timesyncd; for secrets.ssh also openssh-server and curl, for dhcp dnsmasq, for slaac radvd.",
    ),
    ...pairGuest,
    ...pairFields,
    load: seatLoadFields
      .prefault({})
      .describe("What one seat asks of the gateways in the busiest minutes; measure it in a pilot."),
    diskGib: pairDiskGib,
    restartPriority: z
      .enum(["highest", "high", "medium", "low", "lowest", "cluster"])
      .default("highest")
      .describe(
        "When vSphere HA starts a gateway after its host has failed; by default before all others, since no desktop reaches " +
          "anything without one. cluster: as the cluster says.",
      ),
    automationLevel: z
      .enum(["manual", "partiallyAutomated", "fullyAutomated", "cluster"])
      .default("partiallyAutomated")
      .describe(
        "What DRS does with a gateway by itself. partiallyAutomated: it places one that starts, and otherwise recommends; " +
          "a host that goes into maintenance waits until somebody moves the gateway. manual: it recommends only. " +
          "fullyAutomated: it moves a running one. cluster: as the cluster says.",
      ),
    uplink: slug.describe("The transit segment that leads to everything outside."),
    nextHop: ipv4Address.describe("IPv4 address of the city's router in the uplink."),
    nextHop6: ipv6Address.optional().describe("Its IPv6 address; without it nothing outside is reached over IPv6."),
    management: slug.describe("The segment for the gateways' management and for VRRP between them."),
    pathTargets: z
      .array(ipv4Address)
      .default([])
      .describe(
        "Addresses in the city's own segments that always answer ARP, by which a gateway sees that its path is alive: of a " +
          "switch or a server, not of a desktop. The uplink has its next hop; any other by default its first service, " +
          "and without one the other gateway.",
      ),
    dhcpServers: z
      .array(ipv4Address)
      .default([])
      .describe(
        "DHCP servers to which the gateways relay requests of segments with dhcp, by dnsmasq in the template. Renewals " +
          "are not relayed: a flow to udp/67 opens them.",
      ),
    nameServers: z
      .array(ipAddress)
      .default([])
      .describe("Name servers of the gateways themselves, for updates and Vault; by default the template's."),
    timeServers: z
      .array(ipAddress)
      .default([])
      .describe("NTP servers of the gateways themselves, by systemd-timesyncd; by default the template's."),
    waitForGuest: z
      .boolean()
      .default(false)
      .describe("Whether a deployment waits, up to 5 minutes, until a gateway reports its address."),
    furtherPairs: z
      .array(furtherPair)
      .default([])
      .describe(
        "Pairs beside this one, each for some segments: where one machine has too few adapters or carries too little.",
      ),
  })
  .describe("A pair of gateways as code. A city whose own firewalls enforce leaves it out.");

/** @see gatewaySchema */
export type Gateway = z.output<typeof gatewaySchema>;
