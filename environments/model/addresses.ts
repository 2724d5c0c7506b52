import { z } from "zod";
import { addressText, EVERY, rangeOf } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import type { Interval } from "../../segmentation/intervals";
import type { Refusal } from "./plain-text";

/**
 * IPv6 forms that contain an IPv4 address, with the number of bits before it: mapped and compatible (RFC 4291, section
 * 2.5.5), and 6to4 (RFC 3056). An IPv4 packet has none of them on the wire, so that a filter for them would not match
 * it.
 */
const EMBEDDING = [
  { form: rangeOf("::ffff:0:0/96"), before: 96 },
  { form: rangeOf("::/96"), before: 96 },
  { form: rangeOf("2002::/16"), before: 16 },
] as const;

/**
 * IPv4 ranges that machines cannot have: "this network", loopback, link-local, multicast and reserved ones (RFC 6890;
 * RFC 5771).
 */
const NO_MACHINES_4 = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/**
 * IPv6 ranges that machines have: global and unique local addresses (IANA, "Internet Protocol Version 6 Address
 * Space").
 */
const MACHINES_6 = ["2000::/3", "fc00::/7"];

const MACHINES = intervals([EVERY[4], ...MACHINES_6.map(rangeOf)]).subtract(
  intervals([...NO_MACHINES_4, "2002::/16"].map(rangeOf)),
);

/** In addition, IPv4 addresses behind a translator (RFC 6052; RFC 8215). */
const REACHED = MACHINES.union(intervals(["64:ff9b::/96", "64:ff9b:1::/48"].map(rangeOf)));

const USUAL_4 = `outside ${NO_MACHINES_4.join(", ")} in IPv4`;
const USUAL_6 = `inside ${MACHINES_6.join(" or ")} in IPv6`;
const OTHERS = "others are for this network, loopback, link-local, multicast or reserved";

/** Refusal of an IPv4 address in an IPv6 form; undefined for any other text. */
function embedded(text: string): Refusal | undefined {
  const { first, last } = rangeOf(text);
  const found = EMBEDDING.find(({ form }) => form.first <= first && last <= form.last);
  // The unspecified address and loopback are not IPv4.
  if (found === undefined || last - EVERY[6].first <= 1n) return undefined;
  const address = addressText(((first - EVERY[6].first) >> BigInt(96 - found.before)) & EVERY[4].last);
  const [, length] = text.split("/");
  const range = length === undefined ? "" : `/${String(Math.min(Number(length) - found.before, 32))}`;
  return {
    allowed: "IPv4 in its own form: within an IPv6 address it is not what IPv4 packets have",
    repair: `write ${address}${range} where IPv4 may stand, or take it out`,
  };
}

/** The schema without IPv4 in IPv6 forms, and without what `refused` refuses. */
function checked<T extends z.ZodType<string>>(schema: T, refused: (range: Interval) => Refusal | undefined): T {
  return schema.superRefine((text, context) => {
    if (!schema.safeParse(text).success) return;
    const refusal = embedded(text) ?? refused(rangeOf(text));
    if (refusal === undefined) return;
    context.addIssue({ code: "custom", message: refusal.allowed, params: { repair: refusal.repair } });
  });
}

function ofEither(versions: readonly z.ZodType<string>[], allowed: string): z.ZodString {
  return z.string().refine((text) => versions.some((version) => version.safeParse(text).success), allowed);
}

/** @param usual the ranges that machines have */
function ofMachines<T extends z.ZodType<string>>(schema: T, noun: string, usual: string, example: string): T {
  const allowed = `${noun} that machines can have, ${usual}: ${OTHERS}`;
  const repair = `write one that machines can have, such as ${example}`;
  return checked(schema, (range) => (MACHINES.contains(intervals([range])) ? undefined : { allowed, repair }));
}

/** An IPv4 range of machines, in CIDR notation. Example: `10.21.0.0/21`. */
export const ipv4Range = ofMachines(
  z.cidrv4("an IPv4 range such as 10.21.0.0/21"),
  "an IPv4 range",
  USUAL_4,
  "10.21.0.0/21",
);

/** An IPv6 range of machines, in CIDR notation. Example: `fd00:21:32::/64`. */
export const ipv6Range = ofMachines(
  z.cidrv6("an IPv6 range such as fd00:21:32::/64"),
  "an IPv6 range",
  USUAL_6,
  "fd00:21:32::/64",
);

const anyRange = ofEither([z.cidrv4(), z.cidrv6()], "an IPv4 or IPv6 range such as 10.21.0.0/21 or fd00:21:32::/64");

/** An IPv4 or IPv6 range in CIDR notation, of any kind. */
export const ipRange = checked(anyRange, () => undefined);

/** An IPv4 or IPv6 range in CIDR notation that contains machines' addresses, such as `0.0.0.0/0`. */
export const outsideRange = checked(anyRange, (range) =>
  REACHED.intersect(intervals([range])).list.length > 0
    ? undefined
    : {
        allowed: `a range that machines have addresses in, ${USUAL_4} and ${USUAL_6}: ${OTHERS}`,
        repair: "write the range that is meant, or take it out",
      },
);

/** An IPv4 address of a machine. Example: `10.21.0.1`. */
export const ipv4Address = ofMachines(
  z.ipv4("an IPv4 address such as 10.21.0.1"),
  "an IPv4 address",
  USUAL_4,
  "10.21.0.1",
);

/** An IPv6 address of a machine. Example: `fd00:21:32::1`. */
export const ipv6Address = ofMachines(
  z.ipv6("an IPv6 address such as fd00:21:32::1"),
  "an IPv6 address",
  USUAL_6,
  "fd00:21:32::1",
);

const anyAddress = ofEither([z.ipv4(), z.ipv6()], "an IPv4 or IPv6 address such as 10.21.0.1 or fd00:21:32::1");

/** An IPv4 or IPv6 address of a machine. */
export const ipAddress = ofMachines(
  anyAddress,
  "an address",
  `${USUAL_4} and ${USUAL_6}`,
  "10.21.0.1 or fd00:21:32::1",
);
