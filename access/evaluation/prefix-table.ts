interface Row<T> {
  readonly text: string;
  readonly value: T;
  /** The row of the longest other prefix of this text. */
  readonly shorter: Row<T> | undefined;
}

/** Finds the longest of many texts that is a prefix of another, by binary search. */
export class PrefixTable<T> {
  private readonly rows: readonly Row<T>[];

  /** @param values by text */
  public constructor(values: ReadonlyMap<string, T>) {
    const rows: Row<T>[] = [];
    // In sorted order a text comes after its prefixes, and only texts with the same prefix come between.
    for (const [text, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
      rows.push({ text, value, shorter: beginning(rows.at(-1), text) });
    }
    this.rows = rows;
  }

  /** The value of the longest prefix of this text; undefined without any. */
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

/** The first row whose text is a prefix of this one, from longer to shorter. */
function beginning<T>(from: Row<T> | undefined, text: string): Row<T> | undefined {
  let row = from;
  while (row !== undefined && !text.startsWith(row.text)) row = row.shorter;
  return row;
}
