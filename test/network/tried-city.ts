import { join } from "node:path";
import type { City } from "../../environments/model/city";
import type { Gateway } from "../../environments/model/gateway";
import type { Segment } from "../../environments/model/network";
import { city } from "./proved-city";

const CITIES = join(__dirname, "../fixtures/cities");

/** A machine by its address. */
export interface TriedMachine {
  readonly address: string;
  /** The MAC address that the gateways hold it to. @default - any */
  readonly mac?: string;
}

/** A city, and who sends what through its pair of gateways. */
export interface TriedCity {
  readonly city: City;
  /** A desktop. */
  readonly desktop: TriedMachine;
  /** What the desktop reaches by TCP. */
  readonly service: TriedMachine;
  readonly servicePort: number;
  /** What reaches the desktop by UDP. */
  readonly sender: TriedMachine;
  readonly senderPort: number;
  /** Flows, each left out by a change, that carry nothing of these. */
  readonly changed: readonly string[];
  /** Addresses of one administrator outside. */
  readonly administrator: readonly string[];
  /** A machine of the management segment, which stands for vCenter. */
  readonly managed: TriedMachine;
}

/** test/fixtures/gateway.yaml: the smallest with everything. */
export function smallCity(): TriedCity {
  return {
    city: city(join(__dirname, "../fixtures/gateway.yaml")),
    desktop: { address: "10.77.2.10" },
    service: { address: "10.77.4.20", mac: "00:50:56:3f:00:20" },
    servicePort: 443,
    sender: { address: "10.77.5.9" },
    senderPort: 161,
    changed: ["web", "teams"],
    administrator: ["10.75.0.1", "fd75::5"],
    managed: { address: "10.77.5.9" },
  };
}

/** Milan: many segments, of which one makes itself IPv6 addresses. */
export function milan(): TriedCity {
  return {
    city: city(join(CITIES, "milan.yaml")),
    desktop: { address: "10.21.64.200" },
    service: { address: "10.21.100.30" },
    servicePort: 8200,
    sender: { address: "10.21.0.10", mac: "00:50:56:3f:00:10" },
    senderPort: 3389,
    changed: ["control-room-to-web", "monitoring"],
    administrator: ["10.20.250.1", "fd21:6110:250::1"],
    managed: { address: "10.21.254.9" },
  };
}

/** Catania, with gateways in the place of its own firewalls. */
export function cataniaWithGateways(): TriedCity {
  return {
    city: withGateways(city(join(CITIES, "catania.yaml"))),
    desktop: { address: "10.87.8.200" },
    service: { address: "10.87.100.30" },
    servicePort: 8200,
    sender: { address: "10.87.0.10", mac: "00:50:56:3f:01:10" },
    senderPort: 3389,
    changed: ["offices-to-access", "protocol-to-database"],
    administrator: ["10.86.250.1"],
    managed: { address: "10.87.254.9" },
  };
}

/**
 * Catania as it would be with a pair of gateways: an uplink for them, ranges of DHCP, which its own firewalls relay, and IPv6 in
 * one segment, which it does not have. Its rules are as they are.
 */
export function withGateways({ network, ...rest }: City): City {
  const segments = [...network.segments.map(served), UPLINK];
  return { ...rest, network: { ...network, gateway: GATEWAY, segments } };
}

const UPLINK = { name: "uplink", zone: "transit" as const, vlan: 896, subnet: "10.87.255.0/28", external: false };

const GATEWAY: Gateway = {
  template: "debian-12-gateway",
  guestId: "debian12_64Guest",
  firmware: "efi",
  load: { connections: 100, newConnections: 1, packets: 100 },
  pathTargets: [],
  furtherPairs: [],
  ...{ restartPriority: "highest", automationLevel: "partiallyAutomated" },
  ...{ diskGib: 8, waitForGuest: false, virtualRouterId: 87, nameServers: [], timeServers: [] },
  dhcpServers: ["10.87.100.20"],
  clusters: ["catania-vdi-a", "catania-vdi-b"],
  ...{ uplink: "uplink", nextHop: "10.87.255.14", management: "management" },
};

/** Catania's desktops with the ranges of DHCP and the IPv6 that its file does not have. */
function served(segment: Segment): Segment {
  if (segment.name === "desktops-uffici") return { ...segment, dhcp: { first: "10.87.8.10", last: "10.87.15.250" } };
  if (segment.name !== "desktops-tecnica") return segment;
  const dhcp = { first: "10.87.16.10", last: "10.87.16.250" };
  return { ...segment, dhcp, subnet6: "fd87:6110:16::/64", slaac: true };
}
