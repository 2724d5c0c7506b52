import type { City } from "../model/city";

/**
 * The domain that a city's desktops join, where their account's secret does not name it; undefined where the file names none.
 * Example: `comune.milano.example`.
 */
export function joinedDomain({ city, secrets }: Pick<City, "city" | "secrets">): string | undefined {
  return secrets.directory?.userDomain ?? city.domain;
}

/** The base DN of a domain. Example: `DC=comune,DC=milano,DC=example` of `comune.milano.example`. */
export function baseDn(domain: string): string {
  return domain.replace(/[^.]+/g, "DC=$&").replaceAll(".", ",");
}

/** The name of one of a city's machines in DNS; without a domain the machine's alone. */
export function hostNameOf({ city: { domain } }: Pick<City, "city">, machine: string): string {
  return domain === undefined ? machine : `${machine}.${domain}`;
}
