/** A range of IPv4 addresses: its first one as a number, and the length of its prefix. */
export interface Range4 {
  readonly first: number;
  readonly prefix: number;
}

const BITS = 32;
const OCTETS = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[/_-](\d{1,2}))?(?![\d.])/;
/** For benchmarks of networks, and in no network of anybody (RFC 2544, RFC 6890): placeholders are taken from it. */
const NOBODYS: Range4 = { first: numberOf4([198, 18, 0, 0]), prefix: 15 };
/** Addresses of a segment beside its machines': network, broadcast, router and the two beside it, and some to spare. */
const SPARE = 10;
const USUAL_PREFIX = 24;
const SHORTEST = 8;

/** A range from `10.88.4.0/24`; without a length, or with one that no segment has, undefined. */
export function rangeOf4(text: string): Range4 | undefined {
  const { octets, prefix } = parts(text) ?? {};
  if (octets === undefined || prefix === undefined || prefix < SHORTEST || prefix > BITS - 2) return undefined;
  return blockAt(numberOf4(octets), prefix);
}

/** The /24 that has an address, such as one without a length or one in a port group's name. */
export function usualRangeOf(text: string): Range4 | undefined {
  const { octets } = parts(text) ?? {};
  return octets && blockAt(numberOf4(octets), USUAL_PREFIX);
}

/** In CIDR notation. */
export function rangeText({ first, prefix }: Range4): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${String(prefix)}`;
}

/** The last address that a machine can have, without the range's length. */
export function lastHost({ first, prefix }: Range4): string {
  return rangeText({ first: first + 2 ** (BITS - prefix) - 2, prefix }).replace(/\/.*$/, "");
}

/** Whether two ranges have an address in common. */
export function overlap(a: Range4, b: Range4): boolean {
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}

/**
 * A placeholder for a range that nobody told, with room for so many machines, that overlaps none of some.
 * @returns undefined where there is no room for another
 */
export function placeholder(machines: number, taken: readonly Range4[]): Range4 | undefined {
  const prefix = Math.min(USUAL_PREFIX, BITS - Math.ceil(Math.log2(machines + SPARE)));
  const size = 2 ** (BITS - prefix);
  for (let first = NOBODYS.first; first + size <= NOBODYS.first + sizeOf(NOBODYS); first += size)
    if (!taken.some((other) => overlap(other, { first, prefix }))) return { first, prefix };
  return undefined;
}

function parts(text: string): { readonly octets: readonly number[]; readonly prefix: number | undefined } | undefined {
  const match = OCTETS.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? undefined : Number(match[5]);
  return octets.every((octet) => octet < 256) ? { octets, prefix } : undefined;
}

function numberOf4(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function blockAt(address: number, prefix: number): Range4 {
  const size = 2 ** (BITS - prefix);
  return { first: Math.floor(address / size) * size, prefix };
}

function sizeOf({ prefix }: Range4): number {
  return 2 ** (BITS - prefix);
}
