import { addressText, rangeOf } from "../../segmentation/address";
import type { Interval } from "../../segmentation/intervals";

/** An IPv4 or IPv6 range as an interval of addresses. */
export interface Subnet extends Interval {
  /** Length of its prefix, in bits. */
  readonly length: number;
  /** CIDR notation with the network's address, such as `10.21.0.0/21`. */
  readonly cidr: string;
}

/**
 * The range of an address in CIDR notation; host bits are ignored.
 * @example subnetOf("10.21.0.5/21").cidr // "10.21.0.0/21"
 * @throws AddressError when it is not CIDR notation, which the schema refuses
 */
export function subnetOf(cidr: string): Subnet {
  const { first, last } = rangeOf(cidr);
  const length = cidr.slice(cidr.indexOf("/") + 1);
  return { first, last, length: Number(length), cidr: `${addressText(first)}/${length}` };
}
