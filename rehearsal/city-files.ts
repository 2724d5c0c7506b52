import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isCityFile } from "../environments/load";

/** Puts the cities' files of one folder in the place of those of another, which is made where it is missing. */
export function replaceCityFiles(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter(isCityFile)) cpSync(join(from, name), join(to, name));
}
