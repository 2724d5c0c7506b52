/**
 * Numbers below it could point at a person. At least three is the law's minimum for statistics (Regole deontologiche per
 * trattamenti a fini statistici del SISTAN, G.U. 14 January 2019, article 5, paragraph 1, letter a); agencies ask for
 * three or five (OECD, Glossary of Statistical Disclosure Control, "threshold rule"): here the stricter.
 */
export const THRESHOLD = 5;

/** Numbers of seats, as they are published. */
export interface Seats {
  readonly planned: number;
  readonly released: number;
}

/** Seats of one directorate in one work site. */
export interface SeatCell extends Seats {
  readonly directorate: string;
  /** Year of the work site; null for pools without waves. */
  readonly workSite: number | null;
}

/** A directorate, or several taken together. */
export interface SeatRow {
  /** Its name; null for those that are taken together. */
  readonly directorate: string | null;
  /** Seats in each of the table's columns, in their order. */
  readonly cells: readonly Seats[];
  readonly total: Seats;
}

/** The table that may be published: every number in it, and every difference of them, is 0 or at least the threshold. */
export interface SeatTable {
  /** Years of the work sites of each column; null for pools without waves. */
  readonly columns: readonly (readonly (number | null)[])[];
  readonly rows: readonly SeatRow[];
  /** How many directorates are taken together, in one row; 0 for none. */
  readonly together: number;
  /** All directorates; null where even their sum is below the threshold, and then nothing is in the table. */
  readonly total: SeatRow | null;
}

const NONE: Seats = { planned: 0, released: 0 };

/** Whether a number points at nobody. */
export function isSafe(number: number): boolean {
  return number === 0 || number >= THRESHOLD;
}

/** Whether seats, and how many of them are still to come, point at nobody. */
export function areSafe({ planned, released }: Seats): boolean {
  return [planned, released, planned - released].every(isSafe);
}

interface PeopledRow extends SeatRow {
  /** People in the directorates' target. */
  readonly people: number;
}

/**
 * The table of seats by directorate and work site. Work sites with few seats are joined with the one before; directorates
 * with few people or few seats are taken together with the smallest others, so that no sum minus the others gives them
 * away (complementary suppression by combining categories).
 * @param people people in each directorate's target, by its name: few people are few whatever seats they have
 */
export function seatTable(cells: readonly SeatCell[], people: ReadonlyMap<string, number>): SeatTable {
  const names = [...new Set(cells.map(({ directorate }) => directorate))];
  const columns = safeColumns(cells);
  const all = names.map((name) => rowOf(name, cellsOf(cells, name), columns, people.get(name) ?? 0));
  if (!isSafeRow(joined(all))) return { columns: [], rows: [], together: names.length, total: null };
  const [named, hidden] = separated(all);
  const rows = [...named, ...(hidden.length === 0 ? [] : [joined(hidden)])];
  return { columns, rows: rows.map(published), together: hidden.length, total: published(joined(all)) };
}

function published({ directorate, cells, total }: PeopledRow): SeatRow {
  return { directorate, cells, total };
}

function cellsOf(cells: readonly SeatCell[], name: string): SeatCell[] {
  return cells.filter(({ directorate }) => directorate === name);
}

/**
 * Years in ascending order, pools without waves last. A column with few seats joins the one before it, or else the next; in
 * the end a single one is left, which is the sum of all.
 */
function safeColumns(cells: readonly SeatCell[]): (number | null)[][] {
  const years = [...new Set(cells.map(({ workSite }) => workSite))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  const columns: (number | null)[][] = years.map((year) => [year]);
  for (;;) {
    const unsafe = columns.findIndex((column) => !areSafe(inColumn(cells, column)));
    if (unsafe < 0 || columns.length === 1) return columns;
    const [first, second] = columns.splice(Math.max(0, unsafe - 1), 2);
    columns.splice(Math.max(0, unsafe - 1), 0, [...(first ?? []), ...(second ?? [])]);
  }
}

function inColumn(cells: readonly SeatCell[], column: readonly (number | null)[]): Seats {
  return sum(cells.filter(({ workSite }) => column.includes(workSite)));
}

function rowOf(
  directorate: string,
  own: readonly SeatCell[],
  columns: SeatTable["columns"],
  people: number,
): PeopledRow {
  return { directorate, cells: columns.map((column) => inColumn(own, column)), total: sum(own), people };
}

/** The rows that may stand by themselves, and those that are taken together: none, or at least two with a safe sum. */
function separated(all: readonly PeopledRow[]): [PeopledRow[], PeopledRow[]] {
  const hidden = all.filter((row) => !isSafeRow(row));
  const others = all.filter(isSafeRow).sort((a, b) => a.total.planned - b.total.planned);
  while (hidden.length > 0 && others.length > 0 && (hidden.length === 1 || !isSafeRow(joined(hidden)))) {
    hidden.push(...others.splice(0, 1));
  }
  return [all.filter((row) => !hidden.includes(row)), hidden];
}

function isSafeRow({ cells, total, people }: PeopledRow): boolean {
  return isSafe(people) && [...cells, total].every(areSafe);
}

function joined(rows: readonly PeopledRow[]): PeopledRow {
  const [first] = rows;
  const cells = (first?.cells ?? []).map((_, index) => sum(rows.map((row) => row.cells[index] ?? NONE)));
  const people = rows.reduce((all, row) => all + row.people, 0);
  return { directorate: null, cells, total: sum(rows.map(({ total }) => total)), people };
}

function sum(seats: readonly Seats[]): Seats {
  return seats.reduce(
    (all, { planned, released }) => ({ planned: all.planned + planned, released: all.released + released }),
    NONE,
  );
}
