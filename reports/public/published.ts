import type { DeclaredCity } from "../../environments/model/city";
import { deploymentReport } from "../deployment-report";
import { areSafe, isSafe, seatTable, THRESHOLD } from "./disclosure";
import type { Seats, SeatTable } from "./disclosure";

/** The amounts of a project, in the order in which money comes; null where the file has none. */
export interface PublishedFunding {
  readonly totalCost: number | null;
  readonly programmed: number | null;
  readonly admitted: number | null;
  readonly binding: number | null;
  readonly paid: number | null;
}

/** What a version of the file said of money and seats. */
export interface PublishedFigures extends Omit<PublishedFunding, "totalCost"> {
  /** The day for which that version is valid. */
  readonly asOf: string;
  /** All seats; null where their number is below the threshold. */
  readonly seats: Seats | null;
}

/** The operation, as Regulation (EU) 2021/1060, article 49(3), lists it; null where the file does not say it. */
export interface PublishedProject {
  readonly beneficiary: string;
  readonly contractors: readonly string[];
  readonly title: string;
  readonly code: string;
  readonly action: string | null;
  /** Codice Unico di Progetto; null where none is published. */
  readonly cup: string | null;
  readonly consolidates: string | null;
  readonly purpose: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly programme: string | null;
  readonly fund: string | null;
  readonly objective: string | null;
  readonly cofinancingPercent: number | null;
  readonly interventionType: string | null;
  readonly place: string;
  readonly funding: PublishedFunding;
}

/** The result of `report public`, and the shape of its JSON. */
export interface PublicReport {
  /** Name of the city. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** Null where the file has no funded project. */
  readonly project: PublishedProject | null;
  readonly seats: SeatTable;
  /** Earlier versions in which a figure differs, the oldest first, the current one last. */
  readonly history: readonly PublishedFigures[];
  /** Numbers below it are not shown. */
  readonly threshold: number;
}

/**
 * What a city may publish. It takes each value from a key that may be published; no other key is read.
 * @param city as declared: seats lent to other cities are in their own reports
 * @param earlier versions of its file, the oldest first
 */
export function publicReport(city: DeclaredCity, earlier: readonly DeclaredCity[] = []): PublicReport {
  return {
    city: city.city.name,
    asOf: city.asOf,
    project: publishedProject(city),
    seats: publishedSeats(city),
    history: changed([...earlier, city].map(figuresOf)),
    threshold: THRESHOLD,
  };
}

function publishedProject({ city, project }: DeclaredCity): PublishedProject | null {
  if (project === undefined) return null;
  const { title, code, action = null, contractors, funding } = project;
  const { cup = null, consolidates = null, purpose = null, starts = null, ends = null } = project;
  const {
    programme = null,
    fund = null,
    objective = null,
    cofinancingPercent = null,
    interventionType = null,
  } = project;
  return {
    ...{ beneficiary: beneficiaryOf(city.name), contractors, title, code, action, cup, consolidates, purpose },
    ...{ starts, ends, programme, fund, objective, cofinancingPercent, interventionType, place: city.name },
    funding: publishedFunding(funding),
  };
}

/** The city's administration, as it is named in what it publishes. */
export function beneficiaryOf(city: string): string {
  return `Comune di ${city}`;
}

function publishedFunding(funding: NonNullable<DeclaredCity["project"]>["funding"]): PublishedFunding {
  const { totalCost = null, programmed = null, admitted = null, binding = null, paid = null } = funding ?? {};
  return { totalCost, programmed, admitted, binding, paid };
}

function publishedSeats(city: DeclaredCity): SeatTable {
  const names = new Map<string | null, string>(city.directorates.map(({ id, name }) => [id, name]));
  const cells = deploymentReport(city).rows.map(({ directorate, workSite, planned, released }) => ({
    ...{ directorate: names.get(directorate) ?? beneficiaryOf(city.city.name), workSite, planned, released },
  }));
  return seatTable(cells, new Map(city.directorates.map(({ name, staff }) => [name, staff])));
}

function figuresOf(city: DeclaredCity): PublishedFigures {
  const { planned, released } = deploymentReport(city).total;
  const { programmed, admitted, binding, paid } = publishedFunding(city.project?.funding);
  const seats = { planned, released };
  return { asOf: city.asOf, programmed, admitted, binding, paid, seats: areSafe(seats) ? seats : null };
}

/**
 * Versions with another figure than the one after them, from the last back. One whose seats differ by less than the
 * threshold is left out: the difference would point at a person who came or left.
 */
function changed(versions: readonly PublishedFigures[]): PublishedFigures[] {
  const kept: PublishedFigures[] = [];
  for (const version of versions.toReversed()) {
    const [next] = kept;
    if (next === undefined || (differs(version, next) && isSafeStep(version.seats, next.seats))) kept.unshift(version);
    else if (!differs(version, next)) kept[0] = { ...next, asOf: version.asOf };
  }
  return kept;
}

function differs(one: PublishedFigures, other: PublishedFigures): boolean {
  return JSON.stringify({ ...one, asOf: "" }) !== JSON.stringify({ ...other, asOf: "" });
}

function isSafeStep(before: Seats | null, after: Seats | null): boolean {
  if (before === null || after === null) return true;
  const [planned, released] = [after.planned - before.planned, after.released - before.released];
  return [planned, released, planned - released].every((step) => isSafe(Math.abs(step)));
}
