import { placeOf, PRIVILEGE_PLACES } from "../access/vsphere/privilege-place";
import type { Login } from "../access/vsphere/privilege";
import { cityPrivileges } from "../environments/vsphere/privileges";
import type { LoginPrivileges } from "../environments/vsphere/privileges";
import type { DeployedCity } from "../environments/model/city";
import type { ManagedObject } from "../vcenter/managed-object";
import type { VcenterClient } from "../vcenter/vcenter-client";
import type { PreflightFinding } from "./check";
import { machineFolders, privilegedObjects } from "./privileged-objects";
import type { PrivilegedObject } from "./privileged-objects";

/** What a session lacks of what one of a city's logins needs. */
export interface FoundPrivileges {
  readonly login: Login;
  /** Objects of one place on which privileges are lacked. */
  readonly lacks: readonly { readonly objects: readonly PrivilegedObject[]; readonly privileges: readonly string[] }[];
  /** Whether there was an object to ask about: the folders of first secrets' login are made by the first deployment. */
  readonly asked: boolean;
}

/** The part of a session that tells its privileges. */
type Session = Pick<VcenterClient, "lacked" | "manager">;

/**
 * Asks vCenter what its session lacks of what some of a city's logins need.
 * @param objects those of the inventory
 * @throws VcenterError with vCenter's reason
 */
export async function foundPrivileges(
  session: Session,
  { city, logins }: { readonly city: DeployedCity; readonly logins: readonly Login[] },
  objects: readonly ManagedObject[],
): Promise<FoundPrivileges[]> {
  const root = (await session.manager("rootFolder")) ?? "";
  const standing = privilegedObjects(city, objects, root);
  const found: FoundPrivileges[] = [];
  for (const needed of cityPrivileges(city).filter(({ login }) => logins.includes(login))) {
    const asked = needed.login === "first-secrets" ? machineFolders(city, objects) : standing;
    found.push({ login: needed.login, asked: asked.length > 0, lacks: await lacks(session, needed, asked) });
  }
  return found;
}

async function lacks(
  session: Session,
  { privileges }: LoginPrivileges,
  standing: readonly PrivilegedObject[],
): Promise<FoundPrivileges["lacks"][number][]> {
  const found: FoundPrivileges["lacks"][number][] = [];
  for (const place of PRIVILEGE_PLACES) {
    const needed = privileges.flatMap(({ id }) => (placeOf(id) === place ? [id] : []));
    const objects = standing.filter((one) => one.place === place);
    if (objects.length === 0 || needed.length === 0) continue;
    const lacked = await session.lacked(objects, needed);
    const without = objects.filter((_, index) => (lacked[index] ?? []).length > 0);
    if (without.length > 0) found.push({ objects: without, privileges: [...new Set(lacked.flat())].sort() });
  }
  return found;
}

const MOST_NAMED = 3;

function places(objects: readonly PrivilegedObject[]): string {
  const names = objects.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = objects.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`;
}

/** The session has, on everything that the file names, what each of the asked logins needs. */
export function* privileges(city: DeployedCity, found: readonly FoundPrivileges[]): Iterable<PreflightFinding> {
  for (const { login, lacks: lacked } of found)
    for (const { objects, privileges: ids } of lacked) {
      const [first] = objects;
      if (first === undefined) continue;
      yield {
        ...{
          path: first.path,
          weight: "wrong",
          expected: `those of "npm run report -- privileges ${city.city.id} --login ${login}"`,
        },
        message: `the login lacks on ${places(objects)} privileges that ${login} needs: ${ids.join(", ")}`,
        repair: `give it a role with them, ${login === "first-secrets" ? "on the folders of directorates, and of pools without one" : "on vCenter's root with propagation"}`,
      };
    }
}
