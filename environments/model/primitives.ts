import { z } from "zod";
import { plainText, refusing } from "./plain-text";

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
 * rule seat-name-length limits the whole name to 15 characters.
 */
export const shortCode = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,11}$/, "2 to 12 lower-case letters or digits, beginning with a letter");

/** What is allowed in a name for a lookup, and the repair of another one. */
export const FINDABLE = {
  allowed:
    "a name without [ ] * and ?, which clients of vCenter take for a pattern that may fit other things, and without a dot at " +
    "its beginning: . and .. are ways to them",
  repair: "rename it in vCenter, and here too",
};

/**
 * What govmomi's finder, used by every vCenter client here, takes for a pattern (Go, `path.Match`) or a relative path,
 * in a name or a path.
 */
export const FINDERS_PATTERN = /[[\]*?]|(?:^|\/)\./;

/**
 * A name in vCenter, whether or not a finder could look it up: 1 to 80 characters, no slash, backslash or percent sign.
 */
export const inventoryText = plainText(80, String.raw`/\\%`, "a name without slash, backslash, percent sign or ${");

/** A name in vCenter's inventory that can be looked up. */
export const inventoryName = refusing(inventoryText, FINDERS_PATTERN, FINDABLE);

/** The vendor's name of a vGPU profile. Example: `grid_a16-4q`. */
export const vgpuProfile = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)+$/, "a vGPU profile such as grid_a16-4q");

/** A VLAN id of IEEE 802.1Q for traffic: 1 to 4094. */
export const vlanId = z.int().min(1).max(4094);

/** An amount in a currency's main unit, at most two decimal places. */
export const amount = z.number().nonnegative().multipleOf(0.01);

/** A line of text for people: 1 to 200 characters, see {@link plainText}. */
export const textLine = plainText(
  200,
  "",
  "text without characters that cannot be seen, without blanks at its ends, and without ${ or %{",
);

/**
 * A Vault namespace, without leading or trailing slash. A word of Vault's own, such as `sys`, would be taken for an API
 * path (Vault documentation, "Namespaces", naming restrictions). Example: `cities/milan`.
 */
export const vaultNamespace = z
  .string()
  .max(255)
  .regex(
    /^(?!(?:[^/]*\/)*(?:root|sys|audit|auth|cubbyhole|identity)(?:\/|$))[A-Za-z0-9][\w-]*(?:\/[A-Za-z0-9][\w-]*)*$/,
    "names of letters, digits, _ and - with slashes between, none of them root, sys, audit, auth, cubbyhole or identity",
  );

/** Escapes of RFC 4514 in a value: a backslash with the character or its code, without codes of control characters. */
const ESCAPED = String.raw`\\(?:[ "#+,;<=>\\]|[2-6][\da-fA-F]|7[\da-eA-E]|[89a-fA-F][\da-fA-F])`;
const [DN_FIRST, DN_ANY, DN_LAST] = [String.raw`[^ #"+,;<>\\]`, String.raw`[^"+,;<>\\]`, String.raw`[^ "+,;<>\\]`];
const DN_PART = `[A-Za-z][A-Za-z0-9-]*=(?:${DN_FIRST}|${ESCAPED})(?:(?:${DN_ANY}|${ESCAPED})*(?:${DN_LAST}|${ESCAPED}))?`;
const DN_FORM =
  "a distinguished name such as OU=Personale,DC=comune,DC=milano,DC=example; a comma within a name as \\,";

/**
 * A distinguished name (RFC 4514) with one attribute in each part. A star is not allowed: in a policy's parameter Vault
 * takes it for a pattern. Example: `OU=Attività Produttive,DC=comune,DC=milano,DC=example`.
 */
export const distinguishedName = plainText(255, "*", DN_FORM).regex(
  new RegExp(`^${DN_PART}(?:,${DN_PART})*$`),
  DN_FORM,
);

const UNIT_FORM = "an organizational unit such as OU=Anagrafe,OU=Postazioni,DC=comune,DC=milano,DC=example";

/**
 * The distinguished name of an organizational unit. It goes through a guest's command line, where Windows' own code page
 * would change other letters than ASCII's. Example: `OU=Anagrafe,OU=Postazioni,DC=comune,DC=milano,DC=example`.
 */
export const organizationalUnit = refusing(
  plainText(255, "*", UNIT_FORM).regex(new RegExp(`^(?=[Oo][Uu]=)${DN_PART}(?:,${DN_PART})*$`), UNIT_FORM),
  /[^\x20-\x7e]/,
  {
    allowed: `${UNIT_FORM}; other letters than ASCII's by their UTF-8 codes`,
    repair: (unit) => `write ${unit.replace(/[^\x20-\x7e]/gu, utf8Escapes)}`,
  },
);

function utf8Escapes(letter: string): string {
  return [...Buffer.from(letter)].map((byte) => `\\${byte.toString(16).toUpperCase()}`).join("");
}

/**
 * Microsoft, "Naming conventions in Active Directory": characters that no name of an account or a group may have. A dot
 * at an end, or a name of dots alone, would be lost in Vault, where the name is part of a path.
 */
const NOT_IN_ACCOUNTS = String.raw`"/\\[\]:;|=+*?<>`;
const NO_DOTS_AT_ENDS = /^[^.](?:.*[^.])?$/u;
const GROUP_FORM =
  "a group's name such as vdi-desktops, without any of \" / \\ [ ] : ; | = + * ? < > and a dot at its ends";

/** Common name of a directory's group. Example: `Attività produttive & commercio`. */
export const groupName = plainText(64, NOT_IN_ACCOUNTS, GROUP_FORM).regex(NO_DOTS_AT_ENDS, GROUP_FORM);

const DOMAIN_GROUP_FORM = "a domain, a backslash and a group, such as MILANO\\vdi-helpdesk";

/** A group as in vCenter, by its pre-Windows 2000 name, which has no comma. Example: `MILANO\vdi-helpdesk`. */
export const domainGroup = plainText(80, String.raw`"/[\]:;|=,+*?<>`, DOMAIN_GROUP_FORM).regex(
  /^[\w.-]+\\[^\\.\s](?:[^\\]*[^\\.])?$/,
  DOMAIN_GROUP_FORM,
);

/** A calendar day. Example: `2027-12-31`. */
export const isoDate = z.iso.date("a day such as 2027-12-31");

/** The name of a CSV file in the same folder, not hidden. Example: `milan.assignments.csv`. */
export const csvFileName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w.-]*\.csv$/, "the plain name of a CSV file, such as milan.assignments.csv");

/** The name of an XML file in the same folder, not hidden. Example: `windows.xml`. */
export const answerFileName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w.-]*\.xml$/, "the plain name of an XML file, such as windows.xml");

/** Version of an image: a year, a month and optionally a number. Example: `2026.10`. */
export const imageVersion = z
  .string()
  .regex(/^\d{4}\.\d{2}(?:\.\d+)?$/, "a year, a month and perhaps a number, such as 2026.10");
