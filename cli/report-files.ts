import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError, messageOf } from "../runtime/errors";

/** Prints a report, or writes it to the file of `--out`. @throws InputError where the file cannot be written */
export function give(text: string, out: string | undefined): void {
  if (out === undefined) process.stdout.write(text);
  else writeReport("--out", out, text);
}

/**
 * Refuses paths that are not writable files, before the work begins whose report they shall hold.
 * @param files by option; undefined where an option was not given
 * @throws InputError that lists each such option
 */
export function requireFiles(files: Readonly<Record<string, string | undefined>>): void {
  const folders = Object.entries(files).filter(([, file]) => file !== undefined && isFolder(file));
  if (folders.length === 0) return;
  throw new InputError(folders.map(([option, file = ""]) => `${option}: ${file} is a folder: name a file`).join("\n"));
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes a report to a file and creates missing folders. @throws InputError that names the option */
export function writeReport(option: string, file: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${option}: ${messageOf(error)}`);
  }
}

/** A value as indented JSON. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
