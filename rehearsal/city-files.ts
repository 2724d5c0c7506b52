import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Whether a file belongs to a city: YAML, or the CSV file that it names. */
function isCityFile(name: string): boolean {
  return /^[^.].*\.(?:ya?ml|csv)$/.test(name);
}

/** Puts the cities' files of one folder in the place of those of another, which is made where it is missing. */
export function replaceCityFiles(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter(isCityFile)) cpSync(join(from, name), join(to, name));
}
