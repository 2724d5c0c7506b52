import { Address4, Address6 } from "ip-address";
import { intervals } from "./intervals";
import type { Interval, Intervals } from "./intervals";
import { onceEachValue } from "./once-each-value";

/** IP version of an address. */
export type Family = 4 | 6;

const LAST_4 = (1n << 32n) - 1n;
/** Offset of IPv6 on the number line of all addresses: no address of the other family lies between two of one. */
const BASE_6 = 1n << 128n;
const LAST_6 = BASE_6 + (1n << 128n) - 1n;
const BITS = { 4: 32, 6: 128 } as const;

/** All addresses of a family, as an interval on the number line: IPv4 from 0, IPv6 from 2^128. */
export const EVERY: Readonly<Record<Family, Interval>> = {
  4: { first: 0n, last: LAST_4 },
  6: { first: BASE_6, last: LAST_6 },
};

/** Every address of both families. */
export const ANY_ADDRESS: Intervals = intervals([EVERY[4], EVERY[6]]);

/** The family of an address on the number line. */
export function familyOf(address: bigint): Family {
  return address < BASE_6 ? 4 : 6;
}

/**
 * Parses an address or a range in CIDR notation, of either family, to an interval on the number line.
 * @example rangeOf("10.21.0.0/21").first === 169148416n
 * @throws AddressError for any other text; the schema of a city's file rejects it earlier
 */
export const rangeOf = onceEachValue((text: string): Interval => {
  if (!text.includes(":")) {
    const address = new Address4(text);
    return { first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
  }
  const address = new Address6(text);
  return { first: BASE_6 + address.startAddress().bigInt(), last: BASE_6 + address.endAddress().bigInt() };
});

/** Parses an address of either family to the number line. */
export function addressOf(text: string): bigint {
  return rangeOf(text).first;
}

/** An address as text: `10.21.0.1`, `fd00:21::1`. */
export const addressText = onceEachValue((address: bigint): string =>
  familyOf(address) === 4
    ? Address4.fromBigInt(address).correctForm()
    : Address6.fromBigInt(address - BASE_6).correctForm(),
);

/** The addresses of one family. */
export function ofFamily(addresses: Intervals, family: Family): Intervals {
  return addresses.intersect(intervals([EVERY[family]]));
}

/**
 * The range in CIDR notation that covers exactly these addresses, a single address without its length; undefined where
 * it takes several.
 */
export function cidrOf({ first, last }: Interval): string | undefined {
  const bits = largestBlock(first, last);
  return endOf(first, bits) === last ? cidrText(first, bits) : undefined;
}

/** The fewest ranges in CIDR notation that cover exactly these addresses; a single address without its length. */
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

/** The last address of a block with this many host bits. */
function endOf(start: bigint, bits: number): bigint {
  return start + (1n << BigInt(bits)) - 1n;
}

/** The number of host bits of the largest block that begins here and ends at `last` or before. */
function largestBlock(start: bigint, last: bigint): number {
  const family = familyOf(start);
  const place = family === 4 ? start : start - BASE_6;
  const room = last - start + 1n;
  let [bits, size] = [0, 1n];
  while (bits < BITS[family] && (place & size) === 0n && size * 2n <= room) {
    size *= 2n;
    bits += 1;
  }
  return bits;
}
