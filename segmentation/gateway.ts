import type { Family } from "./address";
import type { Intervals } from "./intervals";

/** Which of the two gateways; also the index of what each has of its own. */
export type Member = 0 | 1;

/** Both gateways, in the order of the file. */
export const MEMBERS: readonly Member[] = [0, 1];

/** Something that each of the two gateways has of its own. */
export type Pair<T> = readonly [T, T];

/** The addresses of the gateways on one interface, of one subnet. */
export interface InterfaceAddress {
  readonly family: Family;
  /** Length of the subnet's prefix, in bits. */
  readonly length: number;
  /** What the two share, the router of the subnet's machines; as text. */
  readonly virtual: string;
  /** Each one's own, as text. */
  readonly own: Pair<string>;
}

/** One interface of the gateways: a leg in one VLAN. */
export interface GatewayInterface {
  /** Its name in the guest, at most 15 characters: `vlan2110`. */
  readonly name: string;
  /** The segment whose port group it is connected to; of a private VLAN, the promiscuous one. */
  readonly segment: string;
  /** Each one's MAC address. */
  readonly macs: Pair<string>;
  /** Largest packet, in bytes. */
  readonly mtu: number;
  /** Subnets that are connected here: those of every segment of the VLAN. */
  readonly addresses: readonly InterfaceAddress[];
  /** Addresses that machines here may send from. */
  readonly sources: Intervals;
  /** Whether a segment here has DHCP, whose requests are passed on. */
  readonly dhcp: boolean;
}

/** Whom the gateways let in by certificates of SSH keys. */
export interface SshTrust {
  /** URL of the public key of the authority that signs them. */
  readonly publicKey: string;
  /** What a certificate has to say of its holder: an account of the gateways, `@` and whose it is. */
  readonly principals: readonly string[];
}

/** The two gateways of a city: everything that they are given beside the rules. */
export interface GatewayPlan {
  /** The city's name, for people. */
  readonly city: string;
  /** Names of the two machines. */
  readonly names: Pair<string>;
  /** Their interfaces, in the order of the machines' network adapters. */
  readonly interfaces: readonly GatewayInterface[];
  /** Name of the interface that leads to everything outside. */
  readonly uplink: string;
  /** Name of the interface that they are managed on and watch each other over. */
  readonly management: string;
  /** Routers outside, as text, one a family. */
  readonly nextHops: readonly string[];
  /** VRRP's virtual router id, 1 to 255. */
  readonly virtualRouterId: number;
  /** DHCP servers, as text. */
  readonly dhcpServers: readonly string[];
  /** Whom they let in by certificates of SSH keys. @default - nobody */
  readonly ssh?: SshTrust | undefined;
}

/**
 * The interface of a name.
 * @throws Error when there is none: the rules let no city without its uplink and management pass
 */
export function interfaceNamed({ interfaces }: GatewayPlan, name: string): GatewayInterface {
  const found = interfaces.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the gateways have no interface ${name}`);
  return found;
}

/** Every address of a gateway of its own on one interface, of one family. */
export function ownAddresses({ addresses }: GatewayInterface, family: Family): Pair<string>[] {
  return addresses.filter((address) => address.family === family).map(({ own }) => own);
}
