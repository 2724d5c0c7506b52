import { deploymentPlan } from "../environments/seats/deployment-plan";
import type { PlannedPart } from "../environments/seats/deployment-plan";
import type { DeclaredCity } from "../environments/model/city";
import { columns } from "./columns";

/** Progress of a city's deployment plan, and the shape of its JSON. */
export interface DeploymentReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** A row for each directorate and work site, in the order of the file. */
  readonly rows: readonly DeploymentRow[];
  /** Sum of all rows. */
  readonly total: Progress;
  /** Seats with a machine that the file no longer plans, or not yet; only where states were read. */
  readonly surplus?: readonly string[];
}

/** Numbers of seats planned, released and deployed. */
export interface Progress {
  readonly planned: number;
  readonly released: number;
  /** Planned seats with a machine. @default - no states were read */
  readonly deployed?: number;
}

/** Progress of a directorate in a work site. */
export interface DeploymentRow extends Progress {
  /** Id of the directorate; null for the city as a whole. */
  readonly directorate: string | null;
  /** Year of the work site; null for pools without waves. */
  readonly workSite: number | null;
}

/**
 * The report of a checked city.
 * @param deployed names of the seats with a machine; undefined where no states were read
 */
export function deploymentReport(city: DeclaredCity, deployed?: ReadonlySet<string>): DeploymentReport {
  const plan = deploymentPlan(city);
  return {
    city: city.city.id,
    asOf: city.asOf,
    rows: grouped(plan).map((parts) => row(parts, deployed)),
    total: progress(plan, deployed),
    ...(deployed !== undefined && { surplus: surplus(plan, deployed) }),
  };
}

/** The report as a table, and the surplus machines. */
export function deploymentText({ city, asOf, rows, total, surplus }: DeploymentReport): string {
  // A city without directorates sees none.
  const offices = (cell: string): string[] => (rows.some(({ directorate }) => directorate !== null) ? [cell] : []);
  const deployed = surplus === undefined ? [] : ["deployed"];
  const header = [...offices("directorate"), "work site", "planned", "released", ...deployed];
  const lines = rows.map(({ directorate, workSite, ...rest }) => [
    ...[...offices(directorate ?? "-"), workSite ?? "-"],
    ...figures(rest),
  ]);
  return [
    `${city}, as of ${asOf}: seats planned, released${surplus === undefined ? "" : " and deployed"}`,
    "",
    ...columns([header, ...lines, ["total", ...offices(""), ...figures(total)]]),
    ...surplusLines(surplus),
    "",
  ].join("\n");
}

/** The parts of each directorate and work site, in the order of the file. */
function grouped(plan: readonly PlannedPart[]): PlannedPart[][] {
  const groups = new Map<string, PlannedPart[]>();
  for (const part of plan) {
    const key = `${part.directorate ?? ""} ${String(part.workSite)}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

function row(parts: readonly PlannedPart[], deployed: ReadonlySet<string> | undefined): DeploymentRow {
  const [first] = parts;
  return {
    directorate: first?.directorate ?? null,
    workSite: first?.workSite ?? null,
    ...progress(parts, deployed),
  };
}

function progress(parts: readonly PlannedPart[], deployed: ReadonlySet<string> | undefined): Progress {
  const planned = parts.flatMap((part) => part.planned);
  const released = parts.reduce((sum, part) => sum + part.released.length, 0);
  const there = deployed && planned.filter((seat) => deployed.has(seat)).length;
  return { planned: planned.length, released, ...(there !== undefined && { deployed: there }) };
}

function surplus(plan: readonly PlannedPart[], deployed: ReadonlySet<string>): string[] {
  const released = new Set(plan.flatMap((part) => part.released));
  return [...deployed].filter((seat) => !released.has(seat)).sort();
}

function figures({ planned, released, deployed }: Progress): (string | number)[] {
  return [planned, released, ...(deployed === undefined ? [] : [deployed])];
}

const SHOWN = 10;

function surplusLines(surplus: readonly string[] | undefined): string[] {
  if (surplus === undefined || surplus.length === 0) return [];
  const more = surplus.length > SHOWN ? ` and ${String(surplus.length - SHOWN)} more` : "";
  return ["", `deployed, and not released in the file: ${surplus.slice(0, SHOWN).join(", ")}${more}`];
}
