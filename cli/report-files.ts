import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError, messageOf } from "../runtime/errors";

/** Prints a report, or writes it where `--out` says. @throws InputError where nothing can be written there */
export function give(text: string, out: string | undefined): void {
  if (out === undefined) process.stdout.write(text);
  else writeReport("--out", out, text);
}

/**
 * Refuses what is no file to write to before the work is begun whose report it is to hold.
 * @param files by option; undefined where an option was not given
 * @throws InputError that names each option
 */
export function requireFiles(files: Readonly<Record<string, string | undefined>>): void {
  const folders = Object.entries(files).filter(([, file]) => file !== undefined && isFolder(file));
  if (folders.length === 0) return;
  throw new InputError(folders.map(([option, file = ""]) => `${option}: ${file} is a folder: name a file`).join("\n"));
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes a report to a file, and its folders where they are missing. @throws InputError that names the option */
export function writeReport(option: string, file: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${option}: ${messageOf(error)}`);
  }
}

/** A value as JSON that people can read too. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
