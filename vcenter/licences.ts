import type { ManagedObject } from "./managed-object";
import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** A licence that vCenter has given a host, or has itself. Its key is not read. */
export interface FoundLicence {
  /** Name of the host; empty for vCenter's own. */
  readonly host: string;
  /** Name of the licence, such as `VMware vSphere 8 Enterprise Plus`. */
  readonly name: string;
  readonly evaluation: boolean;
  /** Keys of its features, such as `dvs`; empty where vCenter tells none. */
  readonly features: readonly string[];
  /** When it ends. @default - never */
  readonly expires?: Date | undefined;
}

/** vCenter's key for the edition of its evaluation, which has every feature. */
const EVALUATION = "eval";

/**
 * The licences of hosts and of vCenter itself; what other products have is left out.
 * @param assignments the LicenseAssignments of an answer
 * @param objects those of the inventory, for the hosts' names
 */
export function licencesOf(assignments: readonly Element[], objects: readonly ManagedObject[]): FoundLicence[] {
  const hosts = new Map(objects.flatMap(({ type, id, name }) => (type === "HostSystem" ? [[id, name] as const] : [])));
  return assignments.flatMap((assignment) => {
    const host = hosts.get(childText(assignment, "entityId") ?? "");
    const own = childText(assignment, "scope") === undefined;
    const given = child(assignment, "assignedLicense");
    return host === undefined && !own ? [] : [licence(given, host ?? "")];
  });
}

function licence(given: Element | undefined, host: string): FoundLicence {
  const properties = childrenOf(given, "properties").map(
    (one) => [childText(one, "key"), child(one, "value")] as const,
  );
  const expires = properties.find(([key]) => key === "expirationDate")?.[1]?.text;
  return {
    host,
    name: childText(given, "name") ?? "",
    evaluation: childText(given, "editionKey") === EVALUATION,
    // A feature may have a number behind a colon, such as serialuri:2.
    features: properties.flatMap(([key, value]) =>
      key === "feature" ? [(childText(value, "key") ?? "").replace(/:.*/, "")] : [],
    ),
    expires: expires === undefined ? undefined : new Date(expires),
  };
}
