import { quoted } from "../environments/display";
import type { Path } from "../environments/path";
import { supportGrants } from "../environments/support/support-grants";
import { enumerated } from "./check";
import type { Compared, PreflightFinding } from "./check";

/**
 * No others have permissions on a datastore or a cluster itself on which the city gives some: Terraform takes an object's
 * permissions for one list of its own, and takes theirs away at the second deployment (vSphere's provider 2.15.0,
 * `resource_vsphere_entity_permissions.go`: it reads all, and removes those that are not declared). Those that stand above, as
 * on a folder, are not touched; folders, resource pools and port groups are the deployment's own.
 */
export function* othersPermissions({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const grants = supportGrants(city);
  for (const kind of ["datastore", "cluster"] as const) {
    const [key, found] =
      kind === "datastore"
        ? (["datastores", inventory.datastores] as const)
        : (["clusters", inventory.clusters] as const);
    for (const [index, { name }] of city.platform[key].entries()) {
      const own = grants.filter(({ object }) => object.kind === kind && object.name === name).map(({ group }) => group);
      const others = (found.find((one) => one.name === name)?.permitted ?? []).filter((one) => !isOf(own, one));
      if (own.length > 0 && others.length > 0)
        yield taken(["platform", key, index, "name"], `the ${kind} ${quoted(name)}`, others);
    }
  }
}

function taken(path: Path, what: string, others: readonly string[]): PreflightFinding {
  return {
    ...{ path, weight: "wrong", expected: "an object on which only the city gives permissions" },
    message: `others have permissions on ${what} itself, which the deployment would take away: ${enumerated(others)}`,
    repair: "give them on a folder above it, or give the support roles no task that needs it",
  };
}

/** vCenter tells names in the case of the directory. */
function isOf(groups: readonly string[], name: string): boolean {
  return groups.some((group) => group.toLowerCase() === name.toLowerCase());
}
