import type { VNode } from "preact";
import { useContext } from "preact/hooks";
import { count } from "../../environments/display";
import type { Words } from "../../words/words";
import type { Section } from "./layout";
import { PageWords } from "./page-words";

/** Format and order of a column's values: names as code, amounts right-aligned. */
export type ColumnKind = "text" | "code" | "number" | "euro";

/** A value of a table; null for none. */
export type Cell = string | number | null;

/** A column, and a row's value in it. */
export interface Column<Row> {
  readonly title: string;
  /** @default "text" */
  readonly kind?: ColumnKind;
  readonly value: (row: Row) => Cell;
}

interface DataTableProps<Row> {
  /** Title, also for screen readers; unique in the page. */
  readonly title: string;
  /** What a row is. */
  readonly noun: keyof Words["nouns"];
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/**
 * A section with one table; none without rows.
 * @param section its summary is by default the number of rows; `lead` is a sentence before the table
 */
export function tableSections<Row>(
  section: Pick<Section, "id" | "title"> & { readonly summary?: string; readonly lead?: string },
  table: DataTableProps<Row>,
): Section[] {
  if (table.rows.length === 0) return [];
  const { lead, summary = count(table.rows.length, table.noun), ...named } = section;
  const content = (
    <>
      {lead !== undefined && <p>{lead}</p>}
      <DataTable {...table} />
    </>
  );
  return [{ ...named, summary, content }];
}

/** Rows in the HTML itself, and rows on a page of the table; further rows are in the JSON alone. */
export const ROWS_A_PAGE = 50;
/** Longer names may be broken. */
const LONG = 48;

/**
 * A table that sorts, filters and pages. Without JavaScript its first rows are readable. The values of all rows are in
 * the page as JSON, which a browser does not execute.
 */
export function DataTable<Row>({ title, noun, columns, rows }: DataTableProps<Row>): VNode {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const kinds = columns.map(({ kind = "text" }) => kind);
  const { forms, nouns, page } = useContext(PageWords);
  const [one, many] = nouns[noun];
  return (
    <div class="table" data-title={title} data-one={one} data-many={many}>
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
        <p class="cut">{page.cut(forms.number(ROWS_A_PAGE), forms.count(rows.length, noun))}</p>
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
  const { forms } = useContext(PageWords);
  return (
    <tr>
      {row.map((cell, index) => {
        const kind = kinds[index] ?? "text";
        const text = cellText(cell, kind, forms);
        return (
          <td key={index} class={classOf(text, kind)}>
            {kind === "code" && text !== "" ? <code>{text}</code> : text}
          </td>
        );
      })}
    </tr>
  );
}

/** A name is not broken unless it is too wide. */
function classOf(text: string, kind: ColumnKind): string {
  return text.length > LONG ? `${kind} long` : kind;
}

function cellText(cell: Cell, kind: ColumnKind, { euro, number }: Words["forms"]): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  return kind === "euro" ? euro(cell) : number(cell);
}

/**
 * Each distinct value of a column once, and its index for each row: thousands of seats share stack, wave and effect.
 */
function dataOf(kinds: readonly ColumnKind[], rows: readonly (readonly Cell[])[]): string {
  const columns = kinds.map((kind, column) => {
    const values = rows.map((row) => row[column] ?? null);
    const places = new Map([...new Set(values)].map((value, place): [Cell, number] => [value, place]));
    return { kind, values: [...places.keys()], rows: values.map((value) => places.get(value) ?? 0) };
  });
  // Nothing in it can close the script element.
  return JSON.stringify(columns).replaceAll("<", "\\u003c");
}
