import { capacityOf } from "../environments/capacity/city-capacity";
import type { DeployedCity } from "../environments/model/city";
import { effectiveFlows } from "../environments/network/effective-flows";
import { identityPath } from "../environments/secrets/access";
import type { AccessChange } from "./access-changes";
import type { CapacityChange } from "./capacity-changes";
import { destinationScope, destinationsOf } from "./destinations";
import type { DestinationChange } from "./destinations";
import type { FileChange } from "./file-change";
import type { GateFinding } from "./gate-finding";
import type { LoginChange } from "./login-changes";
import { isAtLeastPercent } from "./percent";
import { wholeNumber } from "../segmentation/render/whole-number";

/** The gates' findings on what a change of the file changes besides resources, before waivers. */
export function fileFindings(city: DeployedCity, file: FileChange, base: DeployedCity): GateFinding[] {
  const { network, access, logins, capacity } = file;
  const { dataZone, privilege, capacityPercent } = city.review.gates;
  return [
    ...(dataZone === undefined ? [] : dataZoneFindings(city, base, network)),
    ...(privilege === undefined ? [] : [...privilegeFindings(city, access), ...loginFindings(logins)]),
    ...(capacityPercent === undefined ? [] : capacityFindings(city, capacity, capacityPercent)),
  ];
}

/** A preview or deployment sends data to the destination, or trusts it, as soon as it runs. */
export function destinationFindings(city: DeployedCity, changes: readonly DestinationChange[]): GateFinding[] {
  const known = destinationsOf(city);
  return changes.map((change) => ({
    gate: "destinations",
    scope: destinationScope(change),
    text: `${change.after ?? "nothing"} in the place of ${change.before ?? "nothing"}`,
    path: known.get(change.key)?.path ?? change.key.split(".").slice(0, -1),
  }));
}

/**
 * A segment counts as one of the zone data if it is in either version: a change must not remove it from the zone and
 * open it.
 */
function dataZoneFindings(
  city: DeployedCity,
  base: DeployedCity,
  { reachChanges }: FileChange["network"],
): GateFinding[] {
  const segments = [city, base].flatMap(({ network }) => network.segments);
  const data = new Set(segments.filter(({ zone }) => zone === "data").map(({ name }) => name));
  const flows = new Map(effectiveFlows(city).map(({ id, path }) => [id, path]));
  return reachChanges
    .filter(({ effect, to }) => effect === "opened" && data.has(to))
    .map(({ from, to, ports, by }) => ({
      gate: "dataZone",
      scope: `${from} -> ${to}`,
      text: `${ports.join(", ")} opened into the zone data, by ${by.join(", ")}`,
      path: by.map((id) => flows.get(id)).find((path) => path !== undefined) ?? ["network"],
    }));
}

function privilegeFindings(city: DeployedCity, access: readonly AccessChange[]): GateFinding[] {
  const gaining = access.filter(({ gained }) => gained.length > 0);
  return [...new Set(gaining.map(({ identity }) => identity))].map((identity) => {
    const paths = gaining.filter((change) => change.identity === identity);
    const text = `may more in Vault: ${paths.map(({ path, gained }) => `${gained.join(", ")} at ${path}`).join("; ")}`;
    return { gate: "privilege", scope: identity, text, path: identityPath(city, identity) ?? ["secrets"] };
  });
}

/** The new group may have other members: the file does not tell whether they are more. */
function loginFindings(logins: readonly LoginChange[]): GateFinding[] {
  return logins
    .filter(({ after }) => after !== null)
    .map(({ identity, after }) => {
      const path = identity.startsWith("ci:") ? ["secrets", "ci"] : ["secrets", "people"];
      return { gate: "privilege", scope: identity, text: `others log in: ${after ?? ""}`, path };
    });
}

function capacityFindings(city: DeployedCity, changes: readonly CapacityChange[], percent: number): GateFinding[] {
  const resources = capacityOf(city);
  return changes.flatMap((change) => {
    const { kind, name, cluster, unit, profile, after } = change;
    if (after?.available == null || after.headroom === null) return [];
    if (isAtLeastPercent(after.headroom, after.available, percent)) return [];
    const same = resources.find(
      (one) =>
        one.kind === kind &&
        one.name === name &&
        one.cluster === cluster &&
        one.unit === unit &&
        one.profile === profile,
    );
    const free = `${wholeNumber(after.headroom)} of ${wholeNumber(after.available)} ${unit} free`;
    return [
      {
        gate: "capacityPercent",
        scope: capacityScope(change),
        text: `${free}; allowed: at least ${String(percent)} percent`,
        path: same?.path ?? ["platform"],
      },
    ];
  });
}

/** A host group's name is unique in its cluster only, and its counts are for each vGPU profile. */
function capacityScope({ kind, name, cluster, unit, profile }: CapacityChange): string {
  const whose = kind === "hostGroup" ? `${cluster ?? ""}/${name}` : name;
  return [whose, ...(profile === null ? [] : [profile]), unit].join(" ");
}
