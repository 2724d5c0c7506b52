interface Row<T> {
  readonly text: string;
  readonly value: T;
  /** The row of the longest text that this one begins with. */
  readonly shorter: Row<T> | undefined;
}

/** Finds the longest of many texts that another begins with, in as many steps as halvings of their number. */
export class PrefixTable<T> {
  private readonly rows: readonly Row<T>[];

  /** @param values what is found, by its text */
  public constructor(values: ReadonlyMap<string, T>) {
    const rows: Row<T>[] = [];
    // Sorted, every text that begins with another stands behind it, and only such between the two.
    for (const [text, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
      rows.push({ text, value, shorter: beginning(rows.at(-1), text) });
    }
    this.rows = rows;
  }

  /** The value of the longest text that this one begins with; undefined where it begins with none. */
  public longest(text: string): T | undefined {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.rows[middle]?.text ?? "") <= text) low = middle + 1;
      else high = middle;
    }
    return beginning(this.rows[low - 1], text)?.value;
  }
}

/** The first row, from this to ever shorter ones, whose text this one begins with. */
function beginning<T>(from: Row<T> | undefined, text: string): Row<T> | undefined {
  let row = from;
  while (row !== undefined && !text.startsWith(row.text)) row = row.shorter;
  return row;
}
