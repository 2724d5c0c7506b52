const GAP = "  ";

/** Rows as aligned lines: texts left, numbers right, without trailing blanks. */
export function columns(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    return row.map((cell, index) => Math.max(String(cell).length, widest[index] ?? 0));
  }, []);
  return rows.map((row) =>
    row
      .map((cell, index) => aligned(cell, widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function aligned(cell: string | number, width: number): string {
  return typeof cell === "number" ? String(cell).padStart(width) : cell.padEnd(width);
}
