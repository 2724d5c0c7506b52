import type { VNode } from "preact";
import { count, euro } from "../../environments/display";

/** How a column's values are shown and sorted: names as code, amounts at the right. */
export type ColumnKind = "text" | "code" | "number" | "euro";

/** A value of a table; null where there is none. */
export type Cell = string | number | null;

/** A column, and its value of a row. */
export interface Column<Row> {
  readonly title: string;
  /** @default "text" */
  readonly kind?: ColumnKind;
  readonly value: (row: Row) => Cell;
}

interface DataTableProps<Row> {
  /** What its rows are, also for those who do not see it; unique in the page. */
  readonly title: string;
  /** What one row is, such as `seat`. */
  readonly noun: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** So many rows stand in the page itself, and are shown at a time; of the others only the values are there. */
export const ROWS_A_PAGE = 50;
/** Longer ones are broken. */
const LONG = 48;

/**
 * A table that sorts, filters and turns its pages. Without JavaScript its first rows are there to read. The values of all rows
 * lie beside it as JSON, which a browser does not run.
 */
export function DataTable<Row>({ title, noun, columns, rows }: DataTableProps<Row>): VNode {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const kinds = columns.map(({ kind = "text" }) => kind);
  return (
    <div class="table" data-title={title} data-noun={noun}>
      <div class="tools">
        <h3>{title}</h3>
      </div>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        <table aria-label={title}>
          <Titles columns={columns} />
          <tbody>
            {cells.slice(0, ROWS_A_PAGE).map((row, index) => (
              <Line key={index} row={row} kinds={kinds} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS_A_PAGE && (
        <p class="cut">
          The first {ROWS_A_PAGE} of {count(rows.length, noun)}. Paging, sorting and filtering need JavaScript.
        </p>
      )}
      <script type="application/json" dangerouslySetInnerHTML={{ __html: dataOf(kinds, cells) }} />
    </div>
  );
}

function Titles<Row>({ columns }: Pick<DataTableProps<Row>, "columns">): VNode {
  return (
    <thead>
      <tr>
        {columns.map(({ title, kind = "text" }) => (
          <th key={title} scope="col" class={kind}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Line({ row, kinds }: { readonly row: readonly Cell[]; readonly kinds: readonly ColumnKind[] }): VNode {
  return (
    <tr>
      {row.map((cell, index) => {
        const kind = kinds[index] ?? "text";
        const text = cellText(cell, kind);
        return (
          <td key={index} class={classOf(text, kind)}>
            {kind === "code" && text !== "" ? <code>{text}</code> : text}
          </td>
        );
      })}
    </tr>
  );
}

/** A name is not broken in two, but a long one would be too wide. */
function classOf(text: string, kind: ColumnKind): string {
  return text.length > LONG ? `${kind} long` : kind;
}

function cellText(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  return kind === "euro" ? euro(cell) : cell.toLocaleString("en");
}

/** Every value of a column once, and of each row which: thousands of seats share their stack, their wave and what happens. */
function dataOf(kinds: readonly ColumnKind[], rows: readonly (readonly Cell[])[]): string {
  const columns = kinds.map((kind, column) => {
    const values = rows.map((row) => row[column] ?? null);
    const places = new Map([...new Set(values)].map((value, place): [Cell, number] => [value, place]));
    return { kind, values: [...places.keys()], rows: values.map((value) => places.get(value) ?? 0) };
  });
  // Nothing in it can end the element that it stands in.
  return JSON.stringify(columns).replaceAll("<", "\\u003c");
}
