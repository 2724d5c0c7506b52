import { count } from "../../environments/display";
import { ASSIGNMENT_COLUMNS } from "../../environments/model/assignment";
import type { DeclaredCity } from "../../environments/model/city";

/** An item of the record of processing activities (Regulation (EU) 2016/679, article 30(1)) for who holds which seat. */
export interface ProcessingItem {
  /** Letter of article 30(1). */
  readonly letter: string;
  readonly asks: string;
  /** What the file says. */
  readonly here: string;
  /** What the city adds. */
  readonly city: string;
}

/** What of the record does not depend on the city. */
const SAME = {
  b: {
    asks: "purposes",
    here: "to know who holds which dedicated seat, so that nobody's machine is replaced or destroyed by mistake",
    city: "the legal basis",
  },
  e: {
    asks: "transfers to third countries",
    here: "none is made by this toolkit",
    city: "where git, CI and backups run",
  },
  f: {
    asks: "time limits for erasure",
    here: "a row that ended before asOf is refused (assignment-dates), so it leaves the file",
    city: "git's history keeps it: decide how long, and archive or rewrite the history then",
  },
  g: {
    asks: "security measures",
    here: "pseudonyms only, by the form of the column, and none in what is published; the tables above",
    city: "access to the repository",
  },
} as const;

/** The record of the assignments, as far as the file knows it. */
export function processingRecord(city: DeclaredCity): ProcessingItem[] {
  const items = { a: controller(city), c: categories(city), d: recipients(city), ...SAME };
  return Object.entries(items)
    .map(([letter, item]) => ({ letter, ...item }))
    .sort((one, other) => (one.letter < other.letter ? -1 : 1));
}

type Item = Omit<ProcessingItem, "letter">;

function controller({ city }: DeclaredCity): Item {
  return {
    asks: "controller and data protection officer",
    here: `Comune di ${city.name}`,
    city: "contact details of both",
  };
}

function categories({ assignments }: DeclaredCity): Item {
  const people = count(new Set(assignments.map(({ staff }) => staff)).size, "staff number");
  return {
    asks: "categories of people and of data",
    here: `${people} of employees and consultants with dedicated seats: ${ASSIGNMENT_COLUMNS.join(", ")}; no names`,
    city: "the list that joins staff numbers with names, kept elsewhere",
  };
}

function recipients({ support, secrets }: DeclaredCity): Item {
  const groups = [...support.roles, ...(secrets.people?.teams ?? [])].map(({ group }) => group);
  return {
    asks: "categories of recipients",
    here: `readers of the repository; whoever reads machines' attributes in vCenter; the file names ${count(new Set(groups).size, "group")}`,
    city: "who they are, and processors",
  };
}
