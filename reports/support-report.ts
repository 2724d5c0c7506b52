import type { SupportDuty, SupportPlace, SupportTask } from "../access/vsphere/support-duties";
import { count, escaped } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import { currentAssignments } from "../environments/seats/assignments";
import { seatPrefix } from "../environments/seats/seats";
import { grantPrivileges, supportGrants } from "../environments/support/support-grants";
import type { SupportGrant } from "../environments/support/support-grants";

/** The line of a path in the city's file. */
type LineOf = (path: Path) => number;

/** Privileges of a support role on objects of one kind. */
export interface ReportedGrant {
  readonly place: SupportPlace;
  /** Names of the objects. */
  readonly on: readonly string[];
  /** Tasks that need a privilege there; none where it only reads. */
  readonly tasks: readonly SupportTask[];
  /** Ids of privileges, sorted; none where it only reads. */
  readonly privileges: readonly string[];
}

/** A support role in vCenter. */
export interface ReportedSupportRole {
  readonly name: string;
  readonly group: string;
  /** What it is there for; null of a role that has tasks alone. */
  readonly duty: SupportDuty | null;
  readonly line: number;
  readonly grants: readonly ReportedGrant[];
}

/** Who may use a pool. */
export interface ReportedEntitlement {
  readonly pool: string;
  /** The directory's group whose members may use it; null where the file names none. */
  readonly group: string | null;
  /** The line that names it; null without one. */
  readonly line: number | null;
  /** How many of its seats somebody holds on the city's day. */
  readonly assigned: number;
}

/** The support roles of a city, in the order of the file. */
export function supportRoles(city: DeployedCity, lineOf: LineOf): ReportedSupportRole[] {
  const grants = supportGrants(city);
  return city.support.roles.map(({ name, group, duty }, index) => ({
    ...{ name, group, duty: duty ?? null, line: lineOf(["support", "roles", index]) },
    grants: grouped(grants.filter(({ role }) => role === name)),
  }));
}

/** Who may use which of a city's own pools. */
export function entitlements(city: DeployedCity, own: number, lineOf: LineOf): ReportedEntitlement[] {
  const seats = [...currentAssignments(city).keys()];
  return city.pools.slice(0, own).map(({ name, code, entitledGroup }, index) => ({
    pool: name,
    group: entitledGroup ?? null,
    line: entitledGroup === undefined ? null : lineOf(["pools", index, "entitledGroup"]),
    assigned: seats.filter((seat) => seat.startsWith(seatPrefix(city.city.code, code))).length,
  }));
}

/** Objects of one kind on which a role has the same privileges go together. */
function grouped(grants: readonly SupportGrant[]): ReportedGrant[] {
  const groups = new Map<string, ReportedGrant & { readonly on: string[] }>();
  for (const grant of grants) {
    const { place, object, tasks } = grant;
    const privileges = grantPrivileges(grant);
    const key = JSON.stringify([place, privileges]);
    const name = object.kind === "city" ? `${object.name}, with its gateways and access machines` : object.name;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { place, on: [name], tasks, privileges });
    else known.on.push(name);
  }
  return [...groups.values()];
}

/** Support roles and entitlements as text, in lines. */
export function supportText(roles: readonly ReportedSupportRole[], entitled: readonly ReportedEntitlement[]): string[] {
  return [
    "assistance in vCenter, each role on these objects and no others",
    ...roles.flatMap(({ name, group, duty, line, grants }) => [
      `  ${name} (${escaped(group)}${duty === null ? "" : `, ${duty}`}, line ${String(line)})`,
      ...grants.map(
        ({ place, on, privileges }) =>
          `    ${place} ${on.map(escaped).join(", ")}: ${privileges.join(", ") || "reads"}`,
      ),
    ]),
    ...(roles.length === 0 ? ["  nobody"] : []),
    "",
    "who may use which pool",
    ...entitled.map(
      ({ pool, group, line, assigned }) =>
        `  ${pool}: ${group === null ? "no group is named" : `${escaped(group)} (line ${String(line)})`}` +
        (assigned === 0 ? "" : `; ${count(assigned, "seat")} assigned`),
    ),
    "",
  ];
}
