import type { Family } from "./address";
import { unionOf } from "./intervals";
import type { Intervals } from "./intervals";

/** One of the two gateways; also the index into a `Pair`. */
export type Member = 0 | 1;

/** Both gateways, in the order of the file. */
export const MEMBERS: readonly Member[] = [0, 1];

/** A value for each of the two gateways. */
export type Pair<T> = readonly [T, T];

/** The gateways' addresses in one subnet of an interface. */
export interface InterfaceAddress {
  readonly family: Family;
  /** Length of the subnet's prefix, in bits. */
  readonly length: number;
  /** The shared virtual address, which is the machines' router; as text. */
  readonly virtual: string;
  /** The own address of each gateway, as text. */
  readonly own: Pair<string>;
}

/** An address that belongs to one machine. */
export interface BoundAddress {
  readonly address: bigint;
  /** The machine's MAC address, as 00:50:56:3f:00:10. */
  readonly mac: string;
}

/** An interface of the gateways, in one VLAN. */
export interface GatewayInterface {
  /** Its name in the guest, at most 15 characters: `vlan2110`. */
  readonly name: string;
  /** The segment whose port group it is connected to; in a private VLAN the promiscuous one. */
  readonly segment: string;
  /** MAC address of each gateway. */
  readonly macs: Pair<string>;
  /** MTU, in bytes. */
  readonly mtu: number;
  /** The subnets of every segment of the VLAN. */
  readonly addresses: readonly InterfaceAddress[];
  /** Source addresses that machines here may use. */
  readonly sources: Intervals;
  /** Addresses here that only one MAC address may send with, and which may send with no other. */
  readonly bound: readonly BoundAddress[];
  /**
   * IPv4 addresses that answer ARP while the path through the switches is alive; any of them does. Empty where nothing is
   * known but the other gateway.
   */
  readonly targets: readonly string[];
  /** Whether a segment here has DHCP, whose requests are relayed. */
  readonly dhcp: boolean;
  /** Whether machines here make themselves IPv6 addresses, by the gateways' advertisements. */
  readonly slaac: boolean;
}

/** Another pair of the same city, as it stands in the uplink. */
export interface OtherPair {
  /** MAC address of each of its gateways in the uplink. */
  readonly macs: Pair<string>;
  /** Its virtual addresses in the uplink, as text, one for each family: next hops to its subnets. */
  readonly nextHops: readonly string[];
  /** The subnets between which it routes. */
  readonly subnets: Intervals;
  /** The own addresses of its gateways, from which they ask servers and relay DHCP. */
  readonly own: Intervals;
}

/** The pair that routes for the segment in which another is managed. */
export interface ManagementRouter {
  /** MAC address of each of its gateways there. */
  readonly macs: Pair<string>;
  /** Its virtual addresses there, as text, one for each family. */
  readonly addresses: readonly string[];
}

/** The SSH certificates that the gateways trust. */
export interface SshTrust {
  /** URL of the public key of the signing authority. */
  readonly publicKey: string;
  /** Trusted principals: an account of the gateways, `@`, and the owner's name. */
  readonly principals: readonly string[];
}

/** How many entries the tables of a gateway's kernel have to hold. */
export interface GatewayTables {
  /** Neighbours of one family: machines of all its legs. */
  readonly neighbours: number;
  /** Connections that are followed. */
  readonly connections: number;
}

/** A pair of gateways of a city, without their rules. */
export interface GatewayPlan {
  /** The city's name, for people. */
  readonly city: string;
  /** Name of a further pair. @default - it is the city's first */
  readonly name?: string | undefined;
  /** Names of the two machines. */
  readonly names: Pair<string>;
  /** Their interfaces, in the order of the machines' network adapters. */
  readonly interfaces: readonly GatewayInterface[];
  /** Name of the interface to everything outside. */
  readonly uplink: string;
  /** Name of the interface for management and for VRRP between the two. */
  readonly management: string;
  /** Who routes for the management's machines. @default - this pair itself; otherwise it is a host among them, and routes nothing there */
  readonly managementRouter?: ManagementRouter | undefined;
  /** The city's other pairs. */
  readonly others: readonly OtherPair[];
  /** Routers outside, as text, one for each family. */
  readonly nextHops: readonly string[];
  /** VRRP's virtual router id, 1 to 255. */
  readonly virtualRouterId: number;
  /** Sizes of the kernel's tables in each. */
  readonly tables: GatewayTables;
  /** DHCP servers, as text. */
  readonly dhcpServers: readonly string[];
  /** Name servers of the gateways themselves, as text. */
  readonly nameServers: readonly string[];
  /** NTP servers of the gateways themselves, as text. */
  readonly timeServers: readonly string[];
  /** Port of node_exporter, which Prometheus asks. @default - nobody asks */
  readonly metricsPort?: number | undefined;
  /** Trusted SSH certificates. @default - none */
  readonly ssh?: SshTrust | undefined;
}

/**
 * The interface with a name.
 * @throws Error when there is none: a city without its uplink and management fails the rules
 */
export function interfaceNamed({ interfaces }: GatewayPlan, name: string): GatewayInterface {
  const found = interfaces.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the gateways have no interface ${name}`);
  return found;
}

/** The subnets between which a pair routes, each behind an interface of its own. */
export function routedSubnets({ interfaces, uplink, management, managementRouter }: GatewayPlan): Intervals {
  const elsewhere = managementRouter === undefined ? [uplink] : [uplink, management];
  return unionOf(interfaces.filter(({ name }) => !elsewhere.includes(name)).map(({ sources }) => sources));
}

/** The own addresses of both gateways on one interface, in one family. */
export function ownAddresses({ addresses }: GatewayInterface, family: Family): Pair<string>[] {
  return addresses.filter((address) => address.family === family).map(({ own }) => own);
}
