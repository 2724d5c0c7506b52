import { DUTIES, SUPPORT_PLACES, taskPrivileges } from "../../access/vsphere/support-duties";
import type { DutyGrant, DutyTable, SupportPlace, SupportTask } from "../../access/vsphere/support-duties";
import { cityFolder } from "../folder-names";
import type { City } from "../model/city";
import type { SupportRole } from "../model/support";
import { onceEach } from "../once";
import { gatewayScope, scopeOf } from "./support-scope";
import type { SupportObject, SupportScope } from "./support-scope";

/** What a support role may do on one object. */
export interface SupportGrant {
  /** Name of the file's role. */
  readonly role: string;
  /** The directory group that gets it. */
  readonly group: string;
  /** The kind of object. */
  readonly place: SupportPlace;
  /** The object. */
  readonly object: SupportObject;
  /** The tasks that it may do there, as far as they need a privilege on such an object; none where it only reads. */
  readonly tasks: readonly SupportTask[];
}

/** What the support roles of a city may do, role by role in the order of the file, each on every object once. */
export const supportGrants: (city: City) => readonly SupportGrant[] = onceEach((city) =>
  city.support.roles.flatMap((role) => roleGrants(city, role)),
);

/** The privileges of a grant, sorted; none where it only reads: then vCenter's own role "Read-only" is enough. */
export function grantPrivileges({ tasks, place }: Pick<SupportGrant, "tasks" | "place">): string[] {
  return taskPrivileges(tasks, place);
}

/**
 * The id in the city of a grant's role in vCenter, which is `<city>-<id>` there; undefined where it only reads. On machines it is
 * the role's own name; elsewhere with the kind of object, since its privileges there are others. A role that does more on some of
 * its objects than on others is not needed: a duty has tasks on pools or on gateways, and not on both.
 */
export function grantRoleId({
  role,
  place,
  tasks,
}: Pick<SupportGrant, "role" | "place" | "tasks">): string | undefined {
  if (tasks.length === 0) return undefined;
  return place === "machines" ? role : `${role}-${place}`;
}

/** Whether a role may do a task: one without `may` may do all of its duty's. */
function allowed({ may }: SupportRole): (task: SupportTask) => boolean {
  return (task) => may === undefined || may.includes(task);
}

function roleGrants(city: City, role: SupportRole): SupportGrant[] {
  const { pools, gateways } = tableOf(role);
  return merged([
    ...(pools === undefined ? [] : scopeGrants(role, pools, poolScope(city, role))),
    ...(gateways === undefined ? [] : scopeGrants(role, gateways, gatewayScope(city, role))),
  ]);
}

function tableOf({ duty, may = [] }: SupportRole): DutyTable {
  return duty === undefined ? { pools: { tasks: may, reads: [] } } : DUTIES[duty];
}

/** A role without a duty and without a place has the city's folder, as before there were duties. */
function poolScope(city: City, role: SupportRole): SupportScope {
  const scope = scopeOf(city, role);
  if (role.duty !== undefined || role.on !== undefined) return scope;
  return { ...scope, machines: [{ kind: "city", name: cityFolder(city) }] };
}

function scopeGrants(role: SupportRole, table: DutyGrant, scope: SupportScope): SupportGrant[] {
  const tasks = table.tasks.filter(allowed(role));
  return SUPPORT_PLACES.flatMap((place) => {
    const there = tasks.filter((task) => taskPrivileges([task], place).length > 0);
    if (there.length === 0 && !table.reads.includes(place)) return [];
    return scope[place].map((object) => grant(role, place, object, there));
  });
}

function grant(
  { name, group }: SupportRole,
  place: SupportPlace,
  object: SupportObject,
  tasks: readonly SupportTask[],
): SupportGrant {
  return { role: name, group, place, object, tasks };
}

/** Pools and gateways share datastores, clusters and segments: there a role may do what it may for either. */
function merged(grants: readonly SupportGrant[]): SupportGrant[] {
  const byObject = new Map<string, SupportGrant>();
  for (const one of grants) {
    const key = JSON.stringify(one.object);
    const other = byObject.get(key);
    byObject.set(key, other === undefined ? one : { ...one, tasks: [...new Set([...other.tasks, ...one.tasks])] });
  }
  return [...byObject.values()];
}
