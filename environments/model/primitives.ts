import { z } from "zod";

/**
 * A name that becomes part of stack names, vSphere inventory paths and Vault paths: lower-case letters, digits and
 * single hyphens, beginning with a letter, at most 40 characters. Example: `desktops-anagrafe`.
 */
export const slug = z
  .string()
  .max(40)
  .regex(/^[a-z](?:-?[a-z0-9])*$/, "lower-case letters, digits and single hyphens, beginning with a letter");

/**
 * A short code that becomes part of a seat's name: 2 to 12 lower-case letters or digits, beginning with a letter. The
 * rule seat-name-length holds the whole name to 15 characters.
 */
export const shortCode = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,11}$/, "2 to 12 lower-case letters or digits, beginning with a letter");

/** A fully qualified host name, as RFC 1123 has it, without a port. Example: `esx-a01.comune.milano.example`. */
export const hostName = z
  .string()
  .max(253)
  .regex(
    /^(?=.*\.)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
    "a fully qualified host name in lower case, without a port",
  );

/**
 * A name in vSphere's inventory: 1 to 80 characters, no slash, backslash, percent sign or control character, and no `${`,
 * which Terraform would replace by the value of an expression.
 */
export const inventoryName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^(?!.*\$\{)[^/\\%\p{Cc}]+$/u, "no slash, backslash, percent sign, control character or ${");

/** The name of a vGPU profile, as the graphics card's vendor has it. Example: `grid_a16-4q`. */
export const vgpuProfile = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)+$/, "a vGPU profile such as grid_a16-4q");

/** A VLAN id of IEEE 802.1Q that may carry traffic: 1 to 4094. */
export const vlanId = z.int().min(1).max(4094);

/** An amount in a currency's main unit, at most two decimal places. */
export const amount = z.number().nonnegative().multipleOf(0.01);

/**
 * A line of text that people read: 1 to 200 characters, no control character, and neither `${` nor `%{`, which Terraform
 * would replace by the value of an expression.
 */
export const textLine = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!.*[$%]\{)\P{Cc}+$/u, "no control character, ${ or %{");

/**
 * An https URL without a login, a query or characters that Terraform gives a meaning.
 * Example: `https://vault.comune.milano.example:8200`.
 */
export const httpsUrl = z
  .url({ protocol: /^https$/, error: "an https URL such as https://vault.comune.milano.example:8200" })
  .regex(/^https:\/\/[^\s@?#$%{}\\]+$/, "an https URL without login, query, space, backslash or any of $ % { }");

/** An ldaps URL: host and, if need be, port. Example: `ldaps://dc1.comune.milano.example`. */
export const ldapsUrl = z
  .string()
  .regex(
    /^ldaps:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/,
    "an ldaps URL such as ldaps://dc1.comune.milano.example",
  );

/** A distinguished name of a directory (RFC 4514), without escapes. Example: `OU=Personale,DC=comune,DC=milano,DC=example`. */
export const distinguishedName = z
  .string()
  .max(255)
  .regex(
    /^[A-Za-z]+=[\w .-]+(?:,[A-Za-z]+=[\w .-]+)*$/,
    "a distinguished name such as OU=Personale,DC=comune,DC=milano,DC=example",
  );

/** An IPv4 range in CIDR notation. Example: `10.21.0.0/21`. */
export const ipv4Range = z.cidrv4("an IPv4 range such as 10.21.0.0/21");

/** An IPv6 range in CIDR notation. Example: `fd00:21:32::/64`. */
export const ipv6Range = z.cidrv6("an IPv6 range such as fd00:21:32::/64");

/** An IPv4 or IPv6 range in CIDR notation. */
export const ipRange = z
  .string()
  .refine(
    (text) => z.cidrv4().safeParse(text).success || z.cidrv6().safeParse(text).success,
    "an IPv4 or IPv6 range such as 10.21.0.0/21 or fd00:21:32::/64",
  );

/** An IPv4 address. Example: `10.21.0.1`. */
export const ipv4Address = z.ipv4("an IPv4 address such as 10.21.0.1");

/** An IPv6 address. Example: `fd00:21:32::1`. */
export const ipv6Address = z.ipv6("an IPv6 address such as fd00:21:32::1");

/** An IPv4 or IPv6 address. */
export const ipAddress = z
  .string()
  .refine(
    (text) => z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success,
    "an IPv4 or IPv6 address such as 10.21.0.1 or fd00:21:32::1",
  );

/** A day of the calendar. Example: `2027-12-31`. */
export const isoDate = z.iso.date("a day such as 2027-12-31");

/** The name of a CSV file in the same folder: no directory, and none that is hidden. Example: `milan.assignments.csv`. */
export const csvFileName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w.-]*\.csv$/, "the plain name of a CSV file, such as milan.assignments.csv");
