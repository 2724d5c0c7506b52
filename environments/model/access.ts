import { z } from "zod";
import { ipAddress } from "./addresses";
import { pairClusters, pairDiskGib, pairGuest, virtualRouterId } from "./machine-pair";
import { inventoryName, slug } from "./primitives";
import { hostName } from "./urls";

/** The brokers whose imports `report access-points` writes. */
export const BROKERS = ["horizon", "citrix", "guacamole", "rds"] as const;

/** @see BROKERS */
export type Broker = (typeof BROKERS)[number];

/** Microsoft, "Change the listening port for Remote Desktop": the protocol's own port, which every seat listens at. */
export const RDP_PORT = 3389;

/** HAProxy's manual, "Prometheus exporter", uses it. */
export const ACCESS_METRICS_PORT = 8405;

/** Where access machines tell each other who has which seat; nobody else may ask there (access-firewall.ts). */
export const PEERS_PORT = 10_000;

/** What the template of the access machines has beside Debian. */
export const ACCESS_PACKAGES =
  "cloud-init, open-vm-tools, haproxy 2.6 or later, keepalived, nftables, openssl, socat, unattended-upgrades, systemd-resolved";

/** Hours of a working day, the longest that a floating seat is kept for somebody who left it. */
const WORKING_DAY_HOURS = 8;
const MINUTES_PER_HOUR = 60;

/** Unless the file says otherwise: a meeting, or a train's tunnels, and no afternoon. */
export const RETURN_MINUTES = 30;

/** How long a floating pool keeps a seat for the person who left it, in minutes. */
export const returnMinutesSchema = z
  .int()
  .min(1)
  .max(WORKING_DAY_HOURS * MINUTES_PER_HOUR)
  .default(RETURN_MINUTES);

const machinesSchema = z
  .strictObject({
    template: inventoryName.describe(`Template with Debian 12 or later, ${ACCESS_PACKAGES}.`),
    ...pairGuest,
    clusters: pairClusters,
    cpus: z
      .int()
      .min(2)
      .max(16)
      .default(2)
      .describe("Virtual CPUs of each: one is HAProxy's, the others are the kernel's."),
    memoryGib: z.int().min(2).max(32).default(4).describe("Memory of each, in GiB, all of it reserved."),
    diskGib: pairDiskGib,
    virtualRouterId: virtualRouterId.describe("VRRP's virtual router id, unique in the segment of the access service."),
    nameServers: z
      .array(ipAddress)
      .min(1)
      .describe("Name servers that know the seats' addresses by their names, such as the domain controllers."),
    vaultService: slug
      .optional()
      .describe(
        "The service of network.services that Vault answers at. With it the machines fetch certificates of the city's authority: they tell " +
          "each other who has which seat by TLS in which both prove who they are, and answer Prometheus by TLS. By default by neither.",
      ),
    waitForGuest: z
      .boolean()
      .default(false)
      .describe("Whether a deployment waits, up to 5 minutes, until a machine reports its address."),
  })
  .describe("The pair of machines that carry people's sessions to the seats, by HAProxy.");

/** @see machinesSchema */
export type AccessMachines = z.output<typeof machinesSchema>;

/** How people reach their seats: by the city's own pair of machines, or by a broker that it has. */
export const accessSchema = z
  .strictObject({
    name: hostName.describe("Host name that people's clients connect to; in DNS it is the service's virtual address."),
    service: slug.describe(
      "The service of network.services that people connect to. With machines its addresses are that of the first, that of the " +
        "second, and twice the virtual one that moves between them, and its macs twice those of the first and of the second.",
    ),
    from: z
      .array(slug)
      .min(1)
      .describe("Where people are: networks outside and segments, such as the offices. Each reaches the service."),
    remote: slug
      .optional()
      .describe(
        "The network outside or the segment that people at home come from: that of the city's VPN, or of its gateway for " +
          "remote desktops; by default nobody comes from home. RDP itself is never open to the internet.",
      ),
    machines: machinesSchema.optional(),
    broker: z
      .enum(BROKERS)
      .optional()
      .describe("The city's own broker, instead of machines: report access-points writes what it imports."),
  })
  .refine(({ machines, broker }) => (machines === undefined) !== (broker === undefined), {
    error: "either machines, or the broker that the city has",
    params: { repair: "take one of the two out, or write the one that lacks" },
  })
  .describe("How people reach their seats.");

/** @see accessSchema */
export type Access = z.output<typeof accessSchema>;
