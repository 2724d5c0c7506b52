import { capacityOf } from "../environments/capacity/city-capacity";
import { unitNoun } from "../environments/capacity/resource";
import type { Resource } from "../environments/capacity/resource";
import { escaped } from "../environments/display";
import type { DeclaredCity } from "../environments/model/city";
import { withPromised } from "../environments/seats/hosting";
import { columns } from "./columns";
import { wholeNumber } from "../segmentation/render/whole-number";

const BAR_WIDTH = 20;

/** A resource without its path in the file, and its usage. */
export interface ReportedResource extends Omit<Resource, "path"> {
  /** Demand in whole percent of what is available, rounded down; null where the file does not say. */
  readonly percent: number | null;
  /**
   * Headroom as if the emergency were active, with all seats that the city promises to others too; null where the file
   * does not say.
   */
  readonly headroomInEmergency: number | null;
}

/** The result of `report capacity`, and the shape of its JSON. */
export interface CapacityReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** Clusters with their host groups, datastores, segments, in the order of the file. */
  readonly resources: readonly ReportedResource[];
}

/** The report of a city. */
export function capacityReport(city: DeclaredCity): CapacityReport {
  const inEmergency = capacityOf(withPromised(city));
  const resources = capacityOf(city).map((resource, index) => reported(resource, inEmergency[index]?.headroom ?? null));
  return { city: city.city.id, asOf: city.asOf, resources };
}

/** The report as text, a line for each resource. */
export function capacityText({ city, asOf, resources }: CapacityReport): string {
  return [
    `${city}, as of ${asOf}: what its machines take. Hosts: those that are left when as many fail as are tolerated`,
    "",
    ...columns(resources.map(cells)),
    "",
  ].join("\n");
}

function reported(resource: Resource, headroomInEmergency: number | null): ReportedResource {
  const { kind, name, cluster, unit, profile, hosts, demanded, available, headroom } = resource;
  const percent = available === null ? null : percentOf(demanded, available);
  return { kind, name, cluster, unit, profile, hosts, demanded, available, headroom, headroomInEmergency, percent };
}

/** Of a supply of 0 either nothing is used, or too much. */
function percentOf(demanded: number, available: number): number {
  if (available === 0) return demanded === 0 ? 0 : 100;
  return Math.floor((100 * demanded) / available);
}

function cells(resource: ReportedResource): string[] {
  const { demanded, available, headroom, percent, headroomInEmergency } = resource;
  if (available === null || headroom === null || percent === null) {
    return [label(resource), unitNoun(resource), "not said", `${wholeNumber(demanded)} demanded`];
  }
  const bar = `[${filled(percent)}] ${String(percent).padStart(3)}%`;
  return [
    label(resource),
    unitNoun(resource),
    bar,
    `${wholeNumber(demanded)} of ${wholeNumber(available)}`,
    `${wholeNumber(headroom)} free`,
    ...(headroomInEmergency === null || headroomInEmergency === headroom
      ? []
      : [`${wholeNumber(headroomInEmergency)} in an emergency`]),
  ];
}

function label({ kind, name, cluster, hosts }: ReportedResource): string {
  const count = hosts === null ? "" : `, ${String(hosts.left)} of ${String(hosts.all)} hosts`;
  const named = kind === "hostGroup" ? `host group ${name} of ${cluster ?? ""}` : `${kind} ${name}`;
  return escaped(`${named}${count}`);
}

/** 100 % only where nothing is free. */
function filled(percent: number): string {
  const full = Math.min(BAR_WIDTH, Math.floor((percent * BAR_WIDTH) / 100));
  return "#".repeat(full).padEnd(BAR_WIDTH, ".");
}
