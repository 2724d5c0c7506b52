import { z } from "zod";
import { refusing } from "./plain-text";

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const HOST_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
/**
 * A last label that makes programs read the whole as an IPv4 address, in any notation (WHATWG URL, "ends in a number").
 */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0[xX][\da-fA-F]*)$/;
const LAST_PORT = 65_535;

const HOST_FORM =
  "labels of up to 63 letters, digits and hyphens with single dots between, or an IPv4 address of four numbers";

/** Whether a text is a host's name or address; not `0x7f.1`, which some programs read as 127.0.0.1. */
function isHost(text: string): boolean {
  if (text.startsWith("[")) return text.endsWith("]") && z.ipv6().safeParse(text.slice(1, -1)).success;
  return ENDS_IN_NUMBER.test(text) ? z.ipv4().safeParse(text).success : HOST_NAME.test(text);
}

/** Scheme, host and port of a URL, or a host with a port. */
const SERVER = /^(?:[a-z]+:\/\/)?(?<host>\[[^\]]*\]|[^:/]*)(?::(?<port>\d+))?(?:\/|$)/;

/** Whether the host of a URL is valid, and its port, if any, is from 1 to 65535. */
function hasServer(text: string): boolean {
  const { host = "", port } = SERVER.exec(text)?.groups ?? {};
  return isHost(host) && (port === undefined || (Number(port) >= 1 && Number(port) <= LAST_PORT));
}

/** The schema with a check of host and port. */
function withServer<T extends z.ZodType<string>>(schema: T): T {
  return schema.refine((text) => !schema.safeParse(text).success || hasServer(text), {
    error: `a host of ${HOST_FORM}, and a port from 1 to ${String(LAST_PORT)}`,
    params: { repair: "correct its host or port" },
  });
}

/**
 * An ESXi host's name as in vCenter, fully qualified. Lookups are case-sensitive, so upper case is kept. Example:
 * `ESX-A01.comune.milano.example`.
 */
export const esxiHostName = withServer(
  z
    .string()
    .max(253)
    .regex(new RegExp(`^${LABEL}(?:\\.${LABEL})+$`), "a fully qualified host name, without a port"),
);

/** A fully qualified host name (RFC 1123), without a port. Example: `vcenter.comune.milano.example`. */
export const hostName = refusing(esxiHostName, /[A-Z]/, {
  allowed: "a fully qualified host name in lower case, without a port",
  repair: "write it in lower case, which is the same host",
});

/**
 * A host name or IPv4 address with a port, without a scheme, a login or a path. Example:
 * `consul.comune.milano.example:8501`.
 */
export const hostAndPort = withServer(
  z
    .string()
    .max(260)
    .regex(
      /^[a-z0-9.-]+:[1-9]\d{0,4}$/,
      "a host name in lower case and a port, such as consul.comune.milano.example:8501",
    ),
);

const URL_HOST = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[\da-fA-F:.]+\])`;

/** As {@link httpsUrl}, but a trailing slash is possible. */
const urlText = withServer(
  z
    .string()
    .max(2000)
    .regex(
      new RegExp(String.raw`^https:\/\/${URL_HOST}(?::[1-9]\d{0,4})?(?:\/(?!\.\.?(?:\/|$))[\w.~-]+)*\/?$`),
      "an https URL without login or query, of letters, digits and any of . _ ~ - : /",
    ),
);

/**
 * An https URL of a host, with optional port and path, without a login, a query or a trailing slash: paths that are
 * appended begin with a slash, and a double one is another path. Example:
 * `https://gitlab.comune.milano.example/api/v4/state`.
 */
export const httpsUrl = refusing(urlText, /\/$/, {
  allowed: "an https URL without a slash at its end: what is joined to it begins with one",
  repair: "take the slash at its end out",
});

const NOT_OF_ISSUER = /\/\.well-known(?:\/.*)?$|\/$/;

/**
 * As {@link httpsUrl}, for the issuer of CI's tokens: the claim is compared literally and has no trailing slash, and
 * Vault itself appends the path of its configuration. Example: `https://gitlab.comune.milano.example`.
 */
export const issuerUrl = refusing(urlText, NOT_OF_ISSUER, {
  allowed:
    "an issuer as its tokens name it, without a slash at its end and without /.well-known, which Vault joins to it",
  repair: (text) => `write ${text.replace(NOT_OF_ISSUER, "")}`,
});

/** Only after a host or a path: `https://ui` may be a host. */
const NOT_OF_VAULT = /([^/])\/(?:v1|ui)(?:\/.*)?$|\/$/;
/** A path of the API below `/v1`, such as a namespace's. */
const BELOW_API = /[^/]\/v1\/./;

/**
 * As {@link httpsUrl}, for a Vault server: `/v1`, the prefix of its API, is appended, and `/ui` has pages for people.
 * Example: `https://vault.comune.milano.example:8200`.
 */
export const vaultUrl = refusing(urlText, NOT_OF_VAULT, {
  allowed:
    "an https URL without a slash at its end and without /v1 and /ui: the first two are joined to it, below /ui are pages for people",
  repair: (text) => {
    const namespace = BELOW_API.test(text) ? "; a namespace goes into platform.vault.namespace" : "";
    return `write ${text.replace(NOT_OF_VAULT, "$1")}${namespace}`;
  },
});

/** An ldaps URL: host and optional port. Example: `ldaps://dc1.comune.milano.example`. */
export const ldapsUrl = withServer(
  z
    .string()
    .regex(/^ldaps:\/\/[a-z0-9.-]+(?::[1-9]\d{0,4})?$/, "an ldaps URL such as ldaps://dc1.comune.milano.example"),
);
