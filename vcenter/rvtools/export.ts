import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import { InputError, messageOf } from "../../runtime/errors";
import { Table } from "./table";
import { readWorkbook } from "./workbook";
import type { Rows } from "./workbook";

/**
 * The sheets that an inventory is made of, and their columns without which nothing is known. Headings of RVTools 4, which
 * writes them in English whatever language Windows has.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  vInfo: [
    ...["VM", "Template", "CPUs", "Memory", "Firmware", "Path", "Datacenter", "Cluster", "Folder"],
    "OS according to the configuration file",
  ],
  vHost: ["Host", "Datacenter", "Cluster", "# Cores", "# Memory"],
  vDatastore: ["Name", "Type", "Capacity MiB", "Free MiB", "Hosts"],
  dvSwitch: ["Switch", "Datacenter", "Max MTU", "Host members"],
  dvPort: ["Port", "Switch", "VLAN"],
};
/** Name of a sheet's file: RVTools writes `RVTools_tabvInfo.csv`. */
const CSV = /^(?:.*tab)?(v\w+|dvSwitch|dvPort)\.csv$/i;
const MOST_NAMED = 12;

/** The sheets of an export, by name. */
export type Export = (sheet: string) => Table;

/**
 * Reads what RVTools exported: one .xlsx file, or a folder or files of .csv.
 * @throws InputError that lists every sheet and column that is missing, or says what cannot be read
 */
export function rvtoolsExport(paths: readonly string[]): Export {
  const files = paths.flatMap(filesIn);
  const tables = new Map(files.flatMap((file) => tablesIn(file)));
  requireComplete(paths.join(", "), tables);
  return (sheet) => tables.get(sheet) ?? new Table([]);
}

function filesIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).sort();
    const csv = names.filter((name) => CSV.test(name));
    const files = csv.length > 0 ? csv : names.filter((name) => /^[^.~].*\.xlsx$/i.test(name));
    if (files.length > 0) return files.map((name) => join(path, name));
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${messageOf(error)}; name what RVTools exported`);
  }
  throw new InputError(
    `${path} has no .xlsx and no sheet's .csv such as RVTools_tabvInfo.csv: name what RVTools exported`,
  );
}

function tablesIn(file: string): [string, Table][] {
  const [, sheet = ""] = CSV.exec(basename(file)) ?? [];
  try {
    if (/\.csv$/i.test(file)) return sheet === "" ? notOfSheet(file) : [[canonical(sheet), new Table(csvRows(file))]];
    return [...readWorkbook(readFileSync(file))].map(([name, rows]) => [canonical(name), new Table(rows)]);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read: ${messageOf(error)}; export it once more ("Export all to xlsx")`);
  }
}

function notOfSheet(file: string): never {
  throw new InputError(`${file} is not named by its sheet, as RVTools_tabvInfo.csv is: give it RVTools' own name`);
}

/** A sheet's name in RVTools' own letters; other names as they are. */
function canonical(name: string): string {
  const plain = name.replace(/^.*tab(?=v|dv)/i, "");
  return Object.keys(NEEDED).find((sheet) => sheet.toLowerCase() === plain.toLowerCase()) ?? plain;
}

/** Comma or semicolon, as Windows' regional settings have it; UTF-8, or the UTF-16 that Excel saves as "Unicode". */
function csvRows(file: string): Rows {
  const bytes = readFileSync(file);
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  const [line = ""] = text.split(/\r?\n/, 1);
  const delimiter = [";", "\t", ","].find((one) => line.includes(one)) ?? ",";
  return parse(text, { delimiter, relax_column_count: true, relax_quotes: true });
}

function requireComplete(source: string, tables: ReadonlyMap<string, Table>): void {
  const problems = Object.entries(NEEDED).flatMap(([sheet, columns]) => lacking(sheet, columns, tables));
  if (problems.length === 0) return;
  throw new InputError([`${source} is not all that RVTools exports:`, ...problems.map((one) => `- ${one}`)].join("\n"));
}

function lacking(sheet: string, columns: readonly string[], tables: ReadonlyMap<string, Table>): string[] {
  const table = tables.get(sheet);
  if (table === undefined) {
    const there = tables.size === 0 ? "none" : [...tables.keys()].slice(0, MOST_NAMED).join(", ");
    return [`there is no sheet ${sheet}, only ${there}; repair: export all sheets ("Export all to xlsx" or "to csv")`];
  }
  const absent = columns.filter((column) => !table.headings.includes(column));
  if (absent.length === 0) return [];
  const found = table.headings.slice(0, MOST_NAMED).join(", ");
  return [
    `the sheet ${sheet} has no column ${absent.join(", ")}; it begins with ${found === "" ? "nothing" : found}; repair: RVTools ` +
      "4 writes English headings: export once more, and neither translate nor rename them",
  ];
}
