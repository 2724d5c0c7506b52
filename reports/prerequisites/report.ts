import type { DeployedCity } from "../../environments/model/city";
import type { PlaceOf, SourceLocation } from "../../environments/violation";
import { escaped } from "../../environments/display";
import { table, text } from "../../segmentation/render/markdown-text";
import { directoryPrerequisites } from "./directory";
import { monitoringPrerequisites } from "./monitoring";
import { networkPrerequisites } from "./network";
import type { Prerequisite } from "./prerequisite";
import { vaultPrerequisites } from "./vault";
import { vcenterPrerequisites } from "./vcenter";

/** A prerequisite with its place in the file. */
export type PlacedPrerequisite = Omit<Prerequisite, "path"> & SourceLocation;

/** What must be there before a city's first deployment, and the shape of its JSON. */
export interface PrerequisitesReport {
  /** The city's id. */
  readonly city: string;
  readonly vCenter: readonly PlacedPrerequisite[];
  readonly network: readonly PlacedPrerequisite[];
  readonly vault: readonly PlacedPrerequisite[];
  readonly directory: readonly PlacedPrerequisite[];
  readonly monitoring: readonly PlacedPrerequisite[];
}

/** What must be there, by who is asked for it. */
export function prerequisitesReport(city: DeployedCity, placeOf: PlaceOf): PrerequisitesReport {
  const placed = (all: readonly Prerequisite[]): PlacedPrerequisite[] =>
    all.map(({ path, ...rest }) => ({ ...rest, ...placeOf(path) }));
  return {
    city: city.city.id,
    vCenter: placed(vcenterPrerequisites(city)),
    network: placed(networkPrerequisites(city)),
    vault: placed(vaultPrerequisites(city)),
    directory: placed(directoryPrerequisites(city)),
    monitoring: placed(monitoringPrerequisites(city)),
  };
}

/** The report as a page, a table for each part. */
export function prerequisitesPage({ city, ...report }: PrerequisitesReport): string {
  const parts = [
    ["vCenter", report.vCenter],
    ["Network", report.network],
    [report.vault.some(({ kind }) => kind === "Vault") ? "Vault and state" : "State", report.vault],
    ["Directory", report.directory],
    ["Monitoring", report.monitoring],
  ] as const;
  return [
    `# What ${city} needs before its first deployment`,
    "",
    `Whether it is there: \`npm run preflight -- ${city}\`. The network in detail: \`npm run report -- network ${city} --handover\`.`,
    ...parts.flatMap(([title, items]) => (items.length === 0 ? [] : ["", `## ${title}`, "", rows(items)])),
    "",
  ].join("\n");
}

function rows(items: readonly PlacedPrerequisite[]): string {
  return table(
    ["what", "name", "it has to be, or have", "line"],
    items.map(({ kind, name, must, line }) => [text(kind), text(escaped(name)), text(escaped(must)), String(line)]),
  );
}
