import { z } from "zod";
import { ipAddress, ipv4Address, ipv6Address } from "./addresses";
import { inventoryName, slug } from "./primitives";

/** The pair of machines that route between a city's segments and enforce its flows. */
export const gatewaySchema = z
  .strictObject({
    template: inventoryName.describe(
      "Template with Debian 12 or later, cloud-init, open-vm-tools, nftables, keepalived, unattended-upgrades, systemd-resolved, systemd-timesyncd; for " +
        "secrets.ssh also openssh-server and curl, for dhcp dnsmasq, for slaac radvd.",
    ),
    guestId: z
      .string()
      .regex(/^[A-Za-z0-9_]+Guest(?:64)?$/, "a vSphere guest id such as debian12_64Guest")
      .default("debian12_64Guest")
      .describe("vSphere's guest operating system identifier."),
    firmware: z.enum(["efi", "bios"]).default("efi").describe("Firmware that the template boots with."),
    cpus: z.int().min(1).max(32).default(2).describe("Virtual CPUs of each."),
    memoryGib: z.int().min(1).max(64).default(4).describe("Memory of each, in GiB."),
    diskGib: z.int().min(1).max(256).default(8).describe("System disk of each, in GiB; at least the template's."),
    clusters: z
      .tuple([inventoryName, inventoryName])
      .describe("Cluster of the first and of the second; in one cluster they are kept on different hosts."),
    uplink: slug.describe("The transit segment that leads to everything outside."),
    nextHop: ipv4Address.describe("IPv4 address of the city's router in the uplink."),
    nextHop6: ipv6Address.optional().describe("Its IPv6 address; without it nothing outside is reached over IPv6."),
    management: slug.describe("The segment for the gateways' management and for VRRP between them."),
    virtualRouterId: z.int().min(1).max(255).describe("VRRP's virtual router id, unique in the management segment."),
    macBlock: z
      .int()
      .min(0)
      .max(511)
      .optional()
      .describe(
        "Block of 8,192 static MAC addresses for the gateways, one for each VLAN; by default it follows from the city's id.",
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
  })
  .describe("A pair of gateways as code. A city whose own firewalls enforce leaves it out.");

/** @see gatewaySchema */
export type Gateway = z.output<typeof gatewaySchema>;
