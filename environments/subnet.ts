import { Address4 } from "ip-address";

/** An IPv4 range. */
export interface Subnet {
  /** Its first address, which is the network's own, as a number. */
  readonly first: bigint;
  /** Its last address, which is the broadcast address, as a number. */
  readonly last: bigint;
  /** It in CIDR notation with its network address, such as `10.21.0.0/21`. */
  readonly cidr: string;
  /** Addresses left for machines, without the network's, the broadcast and the gateway's; at least 0. */
  readonly machines: number;
}

/** Addresses of a range that no machine can have: the network's, the gateway's (the first usable) and broadcast. */
const RESERVED = 3n;

/**
 * The range that CIDR notation says, whatever host bits it has.
 * @example subnetOf("10.21.0.5/21").cidr // "10.21.0.0/21"
 * @throws AddressError when it is not CIDR notation; the schema lets none such pass
 */
export function subnetOf(cidr: string): Subnet {
  const address = new Address4(cidr);
  const [first, last] = [address.startAddress().bigInt(), address.endAddress().bigInt()];
  const size = last - first + 1n;
  const machines = size > RESERVED ? Number(size - RESERVED) : 0;
  return { first, last, cidr: `${address.startAddress().correctForm()}/${String(address.subnetMask)}`, machines };
}
