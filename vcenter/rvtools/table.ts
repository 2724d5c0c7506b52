import type { Rows } from "./workbook";

/** A row of a sheet: its cells by heading. */
export class Row {
  public constructor(
    private readonly headings: ReadonlyMap<string, number>,
    private readonly cells: readonly string[],
  ) {}

  /** The text under a heading, without blanks at its ends; empty where the sheet has no such column. */
  public text(heading: string): string {
    const index = this.headings.get(heading);
    return index === undefined ? "" : (this.cells[index] ?? "").trim();
  }

  /** The whole number under a heading, also with separators of thousands as CSV exports have them; 0 where there is none. */
  public number(heading: string): number {
    const text = this.text(heading);
    const plain = /^\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text.replace(",", ".");
    return Number(plain) || 0;
  }

  /** Whether the cell says that something is so. */
  public is(heading: string): boolean {
    return /^(?:true|1|yes)$/i.test(this.text(heading));
  }
}

/** A sheet's rows; the first row that is not empty has the headings. */
export class Table {
  public readonly headings: readonly string[];
  public readonly rows: readonly Row[];

  public constructor(cells: Rows) {
    const filled = cells.filter((row) => row.some((cell) => cell.trim() !== ""));
    const [first = [], ...rest] = filled;
    this.headings = first.map((heading) => heading.trim());
    const places = new Map(this.headings.map((heading, index) => [heading, index]));
    this.rows = rest.map((row) => new Row(places, row));
  }
}
