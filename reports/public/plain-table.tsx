import type { ComponentChildren, VNode } from "preact";

/** A table that is read as it is: a few rows, the first cell of each names it. */
interface PlainTableProps {
  /** Title, also for screen readers; unique in the page. */
  readonly title: string;
  /** Titles of the columns; the first has names, the others amounts. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** Whether cells after the first are texts instead of amounts. @default false */
  readonly texts?: boolean;
}

/** A table without sorting and filters. */
export function PlainTable({ title, columns, rows, texts = false }: PlainTableProps): VNode {
  const kind = texts ? "text" : "number";
  return (
    <div class="scroll" role="region" aria-label={title} tabIndex={0}>
      <table aria-label={title}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" class={index === 0 ? "text" : kind}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} row={row} kind={kind} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row: [name, ...cells], kind }: { row: PlainTableProps["rows"][number]; kind: string }): VNode {
  return (
    <tr>
      <th scope="row" class="text">
        {name}
      </th>
      {cells.map((cell, column) => (
        <td key={column} class={kind}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
