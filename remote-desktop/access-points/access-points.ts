import { stringify } from "csv-stringify/sync";
import { listeningNames } from "../../environments/desktop-access/desktop-access";
import type { ListeningName, ReachedPool } from "../../environments/desktop-access/desktop-access";
import type { Access, Broker } from "../../environments/model/access";
import type { DeployedCity } from "../../environments/model/city";
import { joinedDomain } from "../../environments/seats/joined-domain";
import { connectionFile } from "../connection-file";
import { guacamoleSql } from "./guacamole";

/** Files by name: what people, or a city's own broker, are given. */
export type AccessPointFiles = ReadonlyMap<string, string>;

/** Windows, "NetBIOS computer naming": a domain's short name has at most 15 characters. */
const LONGEST_SHORT_DOMAIN = 15;

/** Somebody who uses the seats of a listening name, by staff number or login. */
export interface NamedPerson {
  readonly name: string;
  readonly who: string;
}

/**
 * What people or the city's broker are given, so that they reach the seats of the city's file: of access machines a connection
 * file for each holder of a seat, by his staff number, and for who uses floating ones, in a folder a listening name; of a broker
 * what it imports.
 * @param people who uses floating seats @default - nobody
 */
export function accessPointFiles(
  city: DeployedCity,
  access: Access,
  people: readonly NamedPerson[] = [],
): AccessPointFiles {
  const names = listeningNames(city);
  const { broker } = access;
  if (broker === undefined) return connectionFiles(access, names, people);
  if (broker === "guacamole") return new Map([["guacamole.sql", guacamoleSql(city, names)]]);
  return new Map(
    names.flatMap(({ pools }) => pools.map((pool) => [`${broker}-${pool.pool}.csv`, machines(city, pool, broker)])),
  );
}

function connectionFiles(
  { name: host }: Access,
  names: readonly ListeningName[],
  people: readonly NamedPerson[],
): AccessPointFiles {
  const held = names.flatMap(({ name, pools }) =>
    pools.flatMap(({ holders }) => [...holders.keys()].map((who) => ({ name, who }))),
  );
  const file = (person: NamedPerson): string => connectionFile({ host, ...person });
  return new Map([
    ...held.map((person) => [`${person.who}.rdp`, file(person)] as const),
    ...people.map((person) => [`${person.name}/${person.who}.rdp`, file(person)] as const),
  ]);
}

/**
 * Columns for `Import-Csv`. Citrix's are parameters of New-BrokerMachine and Add-BrokerUser. Of Horizon and of Remote Desktop
 * Services no published format of such a file was found: theirs are what the script that reads them names.
 */
const COLUMNS: Readonly<Record<Exclude<Broker, "guacamole">, readonly [machine: string, user: string]>> = {
  citrix: ["MachineName", "Name"],
  horizon: ["Machine", "User"],
  rds: ["VirtualDesktopName", "User"],
};

/** One row a seat, with the holder of a dedicated one; who is in the pool's group gets a seat of a floating one. */
function machines(city: DeployedCity, { seats, holders }: ReachedPool, broker: Exclude<Broker, "guacamole">): string {
  const domain = (joinedDomain(city) ?? "").replace(/\..*$/, "").slice(0, LONGEST_SHORT_DOMAIN).toUpperCase();
  const holderOf = new Map([...holders].map(([staff, seat]) => [seat, `${domain}\\${staff}`]));
  const machine = (seat: string): string => (broker === "citrix" ? `${domain}\\${seat.toUpperCase()}` : seat);
  const rows = seats.map((seat) => [machine(seat), holderOf.get(seat) ?? ""]);
  return stringify([[...COLUMNS[broker]], ...rows], { record_delimiter: "windows", escape_formulas: true });
}
