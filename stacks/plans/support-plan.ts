import { SUPPORT_PLACES } from "../../access/vsphere/support-duties";
import type { SupportPlace, SupportTask } from "../../access/vsphere/support-duties";
import type { DeployedCity } from "../../environments/model/city";
import { grantRoleId, supportGrants } from "../../environments/support/support-grants";
import type { SupportGrant } from "../../environments/support/support-grants";
import type { SupportObject } from "../../environments/support/support-scope";

/** A role in vCenter. */
export interface PlannedRole {
  /** Its construct's id, unique in the city. */
  readonly id: string;
  /** Its name in vCenter. */
  readonly name: string;
  readonly group: string;
  /** Its tasks on such objects; at least one. */
  readonly may: readonly SupportTask[];
  readonly on: SupportPlace;
}

/** What a group gets on an object. */
export interface PlannedGrant {
  /** Id of the role. @default - vCenter's own role that only reads */
  readonly role?: string;
  readonly group: string;
}

/** All permissions of one object. */
export interface PlannedPermissions {
  readonly place: SupportPlace;
  readonly object: SupportObject;
  readonly grants: readonly PlannedGrant[];
}

/** Roles and permissions of one stack. */
export interface SupportStackPlan {
  readonly roles: readonly PlannedRole[];
  readonly permissions: readonly PlannedPermissions[];
}

/** What the assistance of a city has in vCenter, by the stack that has the objects. */
export interface SupportPlan {
  /** Folders, resource pools, datastores and clusters. */
  readonly foundation: SupportStackPlan;
  /** Port groups. */
  readonly network: SupportStackPlan;
}

/** The plan of a checked city's assistance. */
export function supportPlan(city: DeployedCity): SupportPlan {
  const grants = supportGrants(city);
  const ofNetwork = ({ place }: SupportGrant): boolean => place === "port-group";
  return {
    foundation: stackPlan(
      city,
      grants.filter((grant) => !ofNetwork(grant)),
    ),
    network: stackPlan(city, grants.filter(ofNetwork)),
  };
}

function stackPlan(city: DeployedCity, grants: readonly SupportGrant[]): SupportStackPlan {
  const roles = new Map<string, PlannedRole>();
  const permissions = new Map<string, PlannedPermissions>();
  for (const grant of grants) {
    const role = plannedRole(city, grant);
    if (role !== undefined) roles.set(role.id, role);
    const key = JSON.stringify(grant.object);
    const { place, object } = grant;
    const others = permissions.get(key)?.grants ?? [];
    const given = { ...(role !== undefined && { role: role.id }), group: grant.group };
    permissions.set(key, { place, object, grants: [...others, given] });
  }
  return { roles: [...roles.values()], permissions: [...permissions.values()].sort(byPlace) };
}

/** The role of a grant; undefined where it only reads. */
function plannedRole({ city }: DeployedCity, grant: SupportGrant): PlannedRole | undefined {
  const { group, place, tasks } = grant;
  const id = grantRoleId(grant);
  return id === undefined ? undefined : { id, name: `${city.id}-${id}`, group, may: tasks, on: place };
}

function byPlace(a: PlannedPermissions, b: PlannedPermissions): number {
  return SUPPORT_PLACES.indexOf(a.place) - SUPPORT_PLACES.indexOf(b.place);
}
