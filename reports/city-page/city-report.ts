import { costsOf, totalCost } from "../../environments/capacity/cost";
import type { Cost } from "../../environments/capacity/cost";
import { deploymentPlan } from "../../environments/seats/deployment-plan";
import { versionOf } from "../../environments/seats/rollout";
import type { DeclaredCity, DeployedCity } from "../../environments/model/city";
import type { PlaceOf } from "../../environments/violation";
import { accessReport } from "../access-report";
import type { AccessReport } from "../access-report";
import { capacityReport } from "../capacity-report";
import type { ReportedResource } from "../capacity-report";
import { deploymentReport } from "../deployment-report";
import type { DeploymentReport, DeploymentRow } from "../deployment-report";
import { networkReport } from "../network-report";
import type { NetworkReport } from "../network-report";

/** A change of the city's file, from its repository's history. */
export interface CityChange {
  /** Day on which it was committed. */
  readonly day: string;
  readonly subject: string;
  readonly author: string;
  /** Who approved, merged or applied it; empty where nobody else did. */
  readonly approvedBy: readonly string[];
}

/** Released seats of a pool by the version of their image. */
export interface PoolImages {
  readonly pool: string;
  /** Id of the pool's directorate; null where it has none. */
  readonly directorate: string | null;
  readonly image: string;
  readonly version: string;
  /** Day on which the version was released; empty where the file does not say it. */
  readonly released: string;
  readonly seats: number;
}

/** The city as one report: the input of its page, and the shape of its JSON. */
export interface CityReport {
  /** Name of the city. */
  readonly city: string;
  readonly asOf: string;
  readonly seats: readonly (DeploymentRow & { readonly name: string })[];
  readonly total: DeploymentReport["total"];
  readonly capacity: readonly ReportedResource[];
  readonly network: Pick<NetworkReport, "cells" | "rules" | "findings">;
  readonly access: AccessReport["identities"];
  readonly images: readonly PoolImages[];
  /** Monthly costs; null without a price list. */
  readonly costs: { readonly parts: readonly Cost[]; readonly total: number } | null;
  /** The funded project; null where the file has none. */
  readonly project: NonNullable<DeclaredCity["project"]> | null;
  /** Its file's last changes, the newest first; empty where they are not known. */
  readonly changes: readonly CityChange[];
}

/**
 * The report of a city.
 * @param changes of its file, the newest first
 */
export function cityReport(
  { declared, deployed, placeOf }: { declared: DeclaredCity; deployed: DeployedCity; placeOf: PlaceOf },
  changes: readonly CityChange[],
): CityReport {
  const { rows, total } = deploymentReport(declared);
  const names = new Map<string | null, string>(declared.directorates.map(({ id, name }) => [id, name]));
  const { cells, rules, findings } = networkReport(declared, placeOf);
  const parts = costsOf(declared);
  return {
    ...{ city: declared.city.name, asOf: declared.asOf, project: declared.project ?? null, total, changes },
    seats: rows.map((row) => ({ ...row, name: names.get(row.directorate) ?? declared.city.name })),
    capacity: capacityReport(declared).resources,
    network: { cells, rules, findings },
    access: accessReport(deployed, declared, (path) => placeOf(path).line).identities,
    images: poolImages(declared),
    costs: parts === undefined ? null : { parts, total: totalCost(parts) },
  };
}

function poolImages(city: DeclaredCity): PoolImages[] {
  const seats = new Map<string, string[]>();
  for (const { pool, released } of deploymentPlan(city)) seats.set(pool, [...(seats.get(pool) ?? []), ...released]);
  return city.pools.flatMap((pool) => {
    const image = city.workstations[pool.workstation]?.image ?? "";
    const counts = new Map<string, number>();
    for (const seat of seats.get(pool.name) ?? []) {
      const version = versionOf(pool, seat);
      counts.set(version, (counts.get(version) ?? 0) + 1);
    }
    return [...counts].map(([version, number]) => ({
      ...{ pool: pool.name, directorate: pool.directorate ?? null, image, version, seats: number },
      released: city.images[image]?.versions[version]?.released ?? "",
    }));
  });
}
