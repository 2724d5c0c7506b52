import type { City } from "../model/city";

/** The domain that a city's desktops join, where their account's secret does not name it. Example: `comune.milano.example`. */
export function joinedDomain({ city, secrets }: Pick<City, "city" | "secrets">): string {
  return secrets.directory?.userDomain ?? city.domain;
}

/** The base DN of a domain. Example: `DC=comune,DC=milano,DC=example` of `comune.milano.example`. */
export function baseDn(domain: string): string {
  return domain.replace(/[^.]+/g, "DC=$&").replaceAll(".", ",");
}
