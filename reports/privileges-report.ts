import { TASK_REASONS, tasksThatAsk } from "../access/vsphere/support-duties";
import type { SupportTask } from "../access/vsphere/support-duties";
import type { Login, Privilege } from "../access/vsphere/privilege";
import { count, escaped } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import { stackName } from "../environments/stack-names";
import { grantRoleId } from "../environments/support/support-grants";
import { cityPrivileges } from "../environments/vsphere/privileges";
import type { LoginPrivileges } from "../environments/vsphere/privileges";
import type { LineOf } from "./access-report";
import { columns } from "./columns";
import { supportRoles } from "./support-report";
import type { ReportedGrant, ReportedSupportRole } from "./support-report";

/** What a support role holds on objects of one kind, and why. */
export interface ReasonedGrant extends Omit<ReportedGrant, "privileges"> {
  /** Name of the role in vCenter; `Read-only` is vCenter's own. */
  readonly role: string;
  /** The stack that makes it, and the permissions. */
  readonly stack: string;
  /** Sorted by id; none where it only reads. */
  readonly privileges: readonly Privilege[];
}

/** A support role with what it holds. */
export interface ReasonedSupportRole extends Omit<ReportedSupportRole, "grants"> {
  readonly grants: readonly ReasonedGrant[];
}

/** The result of `report privileges`, and the shape of its JSON. */
export interface PrivilegesReport {
  /** The city's id. */
  readonly city: string;
  /** The deployment's logins; somebody gives them their roles. */
  readonly logins: readonly LoginPrivileges[];
  /** The support roles; the deployment makes them. Not there where one login is asked for. */
  readonly support?: readonly ReasonedSupportRole[];
}

/** The privileges in a city's vCenter. @param login only this one. @default - all, and the support roles */
export function privilegesReport(city: DeployedCity, lineOf: LineOf, login?: Login): PrivilegesReport {
  const logins = cityPrivileges(city).filter((each) => login === undefined || each.login === login);
  const support = supportRoles(city, lineOf).map((role) => reasonedRole(city, role));
  return { city: city.city.id, logins, ...(login === undefined && { support }) };
}

function reasonedRole({ city }: DeployedCity, { grants, ...role }: ReportedSupportRole): ReasonedSupportRole {
  const reasoned = grants.map(({ privileges, ...grant }): ReasonedGrant => {
    const id = grantRoleId({ role: role.name, ...grant });
    return {
      ...grant,
      role: id === undefined ? "Read-only" : `${city.id}-${id}`,
      stack: stackName(city.id, grant.place === "port-group" ? "network" : "foundation"),
      privileges: privileges.map((privilege) => ({ id: privilege, why: reason(grant, privilege) })),
    };
  });
  return { ...role, grants: reasoned };
}

function reason({ tasks, place }: Pick<ReportedGrant, "tasks" | "place">, privilege: string): string {
  return tasksThatAsk(tasks, place, privilege).map(told).join(" ");
}

function told(task: SupportTask): string {
  return `${task}: ${TASK_REASONS[task]}`;
}

/** The report in lines. */
export function privilegesText({ city, logins, support }: PrivilegesReport): string {
  const parts = logins.map(({ login, privileges }) => [
    `${city}-${login}: ${count(privileges.length, "privilege")}`,
    `  govc role.create ${city}-${login} ${privileges.map(({ id }) => id).join(" ")}`,
    ...privilegeLines(privileges),
    "",
  ]);
  return [...parts.flat(), ...(support === undefined ? [] : supportLines(support))].join("\n");
}

function privilegeLines(privileges: readonly Privilege[]): string[] {
  return columns(privileges.map(({ id, why }) => [`  ${id}`, why]));
}

function supportLines(roles: readonly ReasonedSupportRole[]): string[] {
  return [
    "support roles, which the deployment makes and gives to these groups on these objects and no others",
    ...(roles.length === 0 ? ["nobody has one"] : []),
    ...roles.flatMap(({ name, group, duty, line, grants }) => [
      "",
      `${name} (${escaped(group)}${duty === null ? "" : `, ${duty}`}, line ${String(line)})`,
      ...grants.flatMap(({ role, stack, place, on, privileges }) => [
        `  ${role}: ${privileges.length === 0 ? `reads, as ${duty ?? "support"},` : count(privileges.length, "privilege")} ` +
          `on ${place} ${on.map(escaped).join(", ")}, by ${stack}`,
        ...privilegeLines(privileges).map((text) => `  ${text}`),
      ]),
    ]),
    "",
  ];
}
