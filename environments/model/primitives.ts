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
 * rule seat-name-length holds the whole name to 15 characters.
 */
export const shortCode = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,11}$/, "2 to 12 lower-case letters or digits, beginning with a letter");

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/**
 * Host name of an ESXi host as vCenter shows it, fully qualified: clients look it up letter by letter, so that capitals
 * stay. Example: `ESX-A01.comune.milano.example`.
 */
export const esxiHostName = z
  .string()
  .max(253)
  .regex(new RegExp(`^${LABEL}(?:\\.${LABEL})+$`), "a fully qualified host name, without a port");

/** A fully qualified host name, as RFC 1123 has it, without a port. Example: `vcenter.comune.milano.example`. */
export const hostName = refusing(esxiHostName, /[A-Z]/, {
  allowed: "a fully qualified host name in lower case, without a port",
  repair: "write it in lower case, which is the same host",
});

/** What is allowed where something is looked up by its name, and what to do where its name is another. */
export const FINDABLE = {
  allowed: "a name without [ ] * and ?, which clients of vCenter take for a pattern that may fit other things",
  repair: "rename it in vCenter, and here too",
};

/** What govmomi's finder, which every client of vCenter here has, takes for a pattern (Go, `path.Match`). */
export const FINDERS_PATTERN = /[[\]*?]/;

/** A name that vCenter shows, whatever a finder makes of it: 1 to 80 characters, no slash, backslash or percent sign. */
export const inventoryText = plainText(80, String.raw`/\\%`, "a name without slash, backslash, percent sign or ${");

/** A name in vSphere's inventory by which something is looked up. */
export const inventoryName = refusing(inventoryText, FINDERS_PATTERN, FINDABLE);

/** The name of a vGPU profile, as the graphics card's vendor has it. Example: `grid_a16-4q`. */
export const vgpuProfile = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)+$/, "a vGPU profile such as grid_a16-4q");

/** A VLAN id of IEEE 802.1Q that may carry traffic: 1 to 4094. */
export const vlanId = z.int().min(1).max(4094);

/** An amount in a currency's main unit, at most two decimal places. */
export const amount = z.number().nonnegative().multipleOf(0.01);

/** A line of text that people read: 1 to 200 characters, as {@link plainText} has them. */
export const textLine = plainText(
  200,
  "",
  "text without characters that cannot be seen, without blanks at its ends, and without ${ or %{",
);

const URL_HOST = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[\da-fA-F:.]+\])`;

/** As {@link httpsUrl}, perhaps with a slash at its end. */
const urlText = z
  .string()
  .max(2000)
  .regex(
    new RegExp(String.raw`^https:\/\/${URL_HOST}(?::\d{1,5})?(?:\/(?!\.\.?(?:\/|$))[\w.~-]+)*\/?$`),
    "an https URL without login or query, of letters, digits and any of . _ ~ - : /",
  )
  .refine(
    (text) => !text.startsWith("https://") || URL.canParse(text),
    "an https URL whose host and port there can be",
  );

/**
 * An https URL of a host, perhaps with a port and a path, without a login, a query or a slash at its end: what is joined to
 * it begins with one, and two are another path to Vault; CI's claim of its issuer, which is compared letter by letter, has
 * none. Example: `https://vault.comune.milano.example:8200`.
 */
export const httpsUrl = refusing(urlText, /\/$/, {
  allowed: "an https URL without a slash at its end: it would be doubled, or compared with a claim that has none",
  repair: "take the slash at its end out",
});

/** As {@link httpsUrl}, of a Vault server: `/v1`, with which every path of its API begins, is joined to it. */
export const vaultUrl = refusing(urlText, /\/v1(?:\/|$)|\/$/, {
  allowed: "an https URL without a slash at its end and without /v1: both are joined to it, and would be doubled",
  repair: "take the slash at its end out, and /v1 with what follows it; a namespace goes into platform.vault.namespace",
});

/**
 * A namespace of Vault, without slashes around it. A word of Vault's own, such as `sys`, would be taken for a path of its API
 * (Vault documentation, "Namespaces", naming restrictions). Example: `cities/milan`.
 */
export const vaultNamespace = z
  .string()
  .max(255)
  .regex(
    /^(?!(?:[^/]*\/)*(?:root|sys|audit|auth|cubbyhole|identity)(?:\/|$))[A-Za-z0-9][\w-]*(?:\/[A-Za-z0-9][\w-]*)*$/,
    "names of letters, digits, _ and - with slashes between, none of them root, sys, audit, auth, cubbyhole or identity",
  );

/** An ldaps URL: host and, if need be, port. Example: `ldaps://dc1.comune.milano.example`. */
export const ldapsUrl = z
  .string()
  .regex(
    /^ldaps:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/,
    "an ldaps URL such as ldaps://dc1.comune.milano.example",
  );

/** What RFC 4514 has escaped in a value: by itself or by its code, but for the codes of control characters. */
const ESCAPED = String.raw`\\(?:[ "#+,;<=>\\]|[2-6][\da-fA-F]|7[\da-eA-E]|[89a-fA-F][\da-fA-F])`;
const [DN_FIRST, DN_ANY, DN_LAST] = [String.raw`[^ #"+,;<>\\]`, String.raw`[^"+,;<>\\]`, String.raw`[^ "+,;<>\\]`];
const DN_PART = `[A-Za-z][A-Za-z0-9-]*=(?:${DN_FIRST}|${ESCAPED})(?:(?:${DN_ANY}|${ESCAPED})*(?:${DN_LAST}|${ESCAPED}))?`;
const DN_FORM =
  "a distinguished name such as OU=Personale,DC=comune,DC=milano,DC=example; a comma within a name as \\,";

/**
 * A distinguished name of a directory (RFC 4514), of parts with one attribute each. A star is left out: Vault takes it for
 * a pattern where a policy says which name may be set. Example: `OU=Attività Produttive,DC=comune,DC=milano,DC=example`.
 */
export const distinguishedName = plainText(255, "*", DN_FORM).regex(
  new RegExp(`^${DN_PART}(?:,${DN_PART})*$`),
  DN_FORM,
);

/**
 * Microsoft, "Naming conventions in Active Directory": what no name of an account or a group may hold. A dot at an end, and
 * a name of dots alone, would be lost on the way to Vault, where the name is a part of a path.
 */
const NOT_IN_ACCOUNTS = String.raw`"/\\[\]:;|=+*?<>`;
const NO_DOTS_AT_ENDS = /^[^.](?:.*[^.])?$/u;
const GROUP_FORM =
  "a group's name such as vdi-desktops, without any of \" / \\ [ ] : ; | = + * ? < > and a dot at its ends";

/** Common name of a directory's group. Example: `Attività produttive & commercio`. */
export const groupName = plainText(64, NOT_IN_ACCOUNTS, GROUP_FORM).regex(NO_DOTS_AT_ENDS, GROUP_FORM);

const DOMAIN_GROUP_FORM = "a domain, a backslash and a group, such as MILANO\\vdi-helpdesk";

/** A group as vCenter knows it, by the name before Windows 2000, which has no comma. Example: `MILANO\vdi-helpdesk`. */
export const domainGroup = plainText(80, String.raw`"/[\]:;|=,+*?<>`, DOMAIN_GROUP_FORM).regex(
  /^[\w.-]+\\[^\\.\s](?:[^\\]*[^\\.])?$/,
  DOMAIN_GROUP_FORM,
);

/** A repository's path on a server of git, as its tokens name it. Example: `group/repository`. */
export const gitRepository = refusing(
  z
    .string()
    .max(255)
    .regex(/^[\w.-]+(?:\/[\w.-]+)+$/, "a path such as group/repository"),
  /\.git$/,
  {
    allowed: "a path such as group/repository, without .git at its end: CI's claim, which is compared, has none",
    repair: "take .git at its end out",
  },
);

/** A branch of git by its name alone. Example: `main`. */
export const gitBranch = refusing(
  z
    .string()
    .max(200)
    .regex(/^[\w-](?:[\w.-]*[\w-])?(?:\/[\w-](?:[\w.-]*[\w-])?)*$/, "a branch's name"),
  /^refs\//,
  {
    allowed: "a branch's name such as main, without refs/heads/: CI's claim has the name, or gets that before it",
    repair: "write the name alone",
  },
);

/** A day of the calendar. Example: `2027-12-31`. */
export const isoDate = z.iso.date("a day such as 2027-12-31");

/** The name of a CSV file in the same folder: no directory, and none that is hidden. Example: `milan.assignments.csv`. */
export const csvFileName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w.-]*\.csv$/, "the plain name of a CSV file, such as milan.assignments.csv");

/** Version of an image: a year, a month and perhaps a number. Example: `2026.10`. */
export const imageVersion = z
  .string()
  .regex(/^\d{4}\.\d{2}(?:\.\d+)?$/, "a year, a month and perhaps a number, such as 2026.10");
