import { Address4, Address6 } from "ip-address";
import { intervals } from "./intervals";
import type { Interval, Intervals } from "./intervals";

/** IP version of an address. */
export type Family = 4 | 6;

const LAST_4 = (1n << 32n) - 1n;
/** Where IPv6 begins on the one line of all addresses: an address of neither family is never between two of one. */
const BASE_6 = 1n << 128n;
const LAST_6 = BASE_6 + (1n << 128n) - 1n;
const BITS = { 4: 32, 6: 128 } as const;

/** Every address of a family, as a place on the line of all addresses: IPv4 from 0, IPv6 from 2^128. */
export const EVERY: Readonly<Record<Family, Interval>> = {
  4: { first: 0n, last: LAST_4 },
  6: { first: BASE_6, last: LAST_6 },
};

/** Every address of both families. */
export const ANY_ADDRESS: Intervals = intervals([EVERY[4], EVERY[6]]);

/** The family of a place on the line of all addresses. */
export function familyOf(address: bigint): Family {
  return address < BASE_6 ? 4 : 6;
}

/**
 * An address or a range in CIDR notation, of either family, on the line of all addresses.
 * @example rangeOf("10.21.0.0/21").first === 169148416n
 * @throws AddressError when it is neither; the schema of a city's file lets none such pass
 */
export function rangeOf(text: string): Interval {
  if (!text.includes(":")) {
    const address = new Address4(text);
    return { first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
  }
  const address = new Address6(text);
  return { first: BASE_6 + address.startAddress().bigInt(), last: BASE_6 + address.endAddress().bigInt() };
}

/** An address of either family on the line of all addresses. */
export function addressOf(text: string): bigint {
  return rangeOf(text).first;
}

/** An address as people write it: `10.21.0.1`, `fd00:21::1`. */
export function addressText(address: bigint): string {
  return familyOf(address) === 4
    ? Address4.fromBigInt(address).correctForm()
    : Address6.fromBigInt(address - BASE_6).correctForm();
}

/** The part of some addresses that is of one family. */
export function ofFamily(addresses: Intervals, family: Family): Intervals {
  return addresses.intersect(intervals([EVERY[family]]));
}

/** The one range in CIDR notation that is just these addresses, a single address without its length; else undefined. */
export function cidrOf({ first, last }: Interval): string | undefined {
  const bits = largestBlock(first, last);
  return endOf(first, bits) === last ? cidrText(first, bits) : undefined;
}

/** The fewest ranges in CIDR notation that are just these addresses; a single address without its length. */
export function cidrsOf(addresses: Intervals): string[] {
  return addresses.list.flatMap(cidrs);
}

function cidrs({ first, last }: Interval): string[] {
  const found: string[] = [];
  for (let start = first; start <= last;) {
    const bits = largestBlock(start, last);
    found.push(cidrText(start, bits));
    start = endOf(start, bits) + 1n;
  }
  return found;
}

function cidrText(start: bigint, bits: number): string {
  return bits === 0 ? addressText(start) : `${addressText(start)}/${String(BITS[familyOf(start)] - bits)}`;
}

/** The last address of a block of so many low bits. */
function endOf(start: bigint, bits: number): bigint {
  return start + (1n << BigInt(bits)) - 1n;
}

/** How many low bits the largest block has that begins here and ends in time. */
function largestBlock(start: bigint, last: bigint): number {
  const place = familyOf(start) === 4 ? start : start - BASE_6;
  let bits = 0;
  while (bits < BITS[familyOf(start)] && place % (1n << BigInt(bits + 1)) === 0n) {
    if (endOf(start, bits + 1) > last) break;
    bits += 1;
  }
  return bits;
}
