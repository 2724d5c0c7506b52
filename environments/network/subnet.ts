import { addressText, rangeOf } from "../../segmentation/address";
import type { Interval } from "../../segmentation/intervals";

/** An IPv4 or IPv6 range, on the line of all addresses. */
export interface Subnet extends Interval {
  /** Length of its prefix, in bits. */
  readonly length: number;
  /** It in CIDR notation with its network address, such as `10.21.0.0/21`. */
  readonly cidr: string;
}

/**
 * The range that CIDR notation says, whatever host bits it has.
 * @example subnetOf("10.21.0.5/21").cidr // "10.21.0.0/21"
 * @throws AddressError when it is not CIDR notation; the schema lets none such pass
 */
export function subnetOf(cidr: string): Subnet {
  const { first, last } = rangeOf(cidr);
  const length = cidr.slice(cidr.indexOf("/") + 1);
  return { first, last, length: Number(length), cidr: `${addressText(first)}/${length}` };
}
