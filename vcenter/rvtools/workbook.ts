import { strFromU8, unzipSync } from "fflate";
import { child, childrenOf, parseXml } from "../xml";
import type { Element } from "../xml";

/** Rows of cells as texts; a row that the sheet leaves out is empty. */
export type Rows = readonly (readonly string[])[];

/** More than an export of 50,000 machines has; a small file that unpacks to more was made to fill the memory. */
const MOST_BYTES = 1_000_000_000;
const WANTED = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/;
const LETTERS = 26;

/**
 * The sheets of an .xlsx file (Office Open XML, ECMA-376 part 1, 18.2 to 18.4), by name. It reads texts, numbers and truth
 * values, of formulas the last result, and no styles: a date is a number of days.
 * @throws Error in a person's words where the file is none
 */
export function readWorkbook(bytes: Uint8Array): ReadonlyMap<string, Rows> {
  const parts = unpacked(bytes);
  const part = (name: string): Element | undefined => {
    const content = parts[`xl/${name}`];
    return content === undefined ? undefined : parseXml(strFromU8(content));
  };
  const workbook = part("workbook.xml");
  if (workbook === undefined) throw new Error("it is no workbook: xl/workbook.xml is not in it");
  const strings = childrenOf(part("sharedStrings.xml"), "si").map(plainText);
  const targets = new Map(
    childrenOf(part("_rels/workbook.xml.rels"), "Relationship").map(({ attributes }) => [
      attributes?.Id ?? "",
      (attributes?.Target ?? "").replace(/^\/xl\//, ""),
    ]),
  );
  return new Map(
    childrenOf(child(workbook, "sheets"), "sheet").map(({ attributes }) => {
      const target = targets.get(attributes?.["r:id"] ?? "") ?? "";
      return [attributes?.name ?? "", rowsOf(part(target), strings)];
    }),
  );
}

function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += WANTED.test(name) ? originalSize : 0;
        if (size > MOST_BYTES) throw new RangeError("it unpacks to more than 1 GB");
        return WANTED.test(name);
      },
    });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error("it is cut off, or no .xlsx file: its archive cannot be read", { cause: error });
  }
}

function rowsOf(sheet: Element | undefined, strings: readonly string[]): Rows {
  const rows: string[][] = [];
  for (const row of childrenOf(child(sheet, "sheetData"), "row")) {
    const cells: string[] = [];
    for (const cell of childrenOf(row, "c")) cells[columnOf(cell, cells.length)] = valueOf(cell, strings);
    rows[Number(row.attributes?.r ?? rows.length + 1) - 1] = Array.from(
      { length: cells.length },
      (_, column) => cells.at(column) ?? "",
    );
  }
  return Array.from({ length: rows.length }, (_, number) => rows.at(number) ?? []);
}

/** The column of a cell, from 0; one without a reference follows the one before. */
function columnOf({ attributes }: Element, next: number): number {
  const letters = /^[A-Z]{1,3}/.exec(attributes?.r ?? "")?.[0].split("");
  if (letters === undefined) return next;
  return letters.reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - "A".charCodeAt(0) + 1, 0) - 1;
}

function valueOf(cell: Element, strings: readonly string[]): string {
  const { t: type = "n" } = cell.attributes ?? {};
  if (type === "inlineStr") return plainText(child(cell, "is"));
  const text = child(cell, "v")?.text ?? "";
  if (type === "s") return strings[Number(text)] ?? "";
  return type === "b" ? String(text === "1") : text;
}

/** A string's text, without the reading aids of Japanese (`rPh`). */
function plainText(item: Element | undefined): string {
  const runs = childrenOf(item, "r").map((run) => child(run, "t")?.text ?? "");
  return runs.length > 0 ? runs.join("") : (child(item, "t")?.text ?? "");
}
