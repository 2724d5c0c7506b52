import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isCityFile } from "../environments/load";

/** Replaces the cities' files in a folder, which is created if missing, by those of another. */
export function replaceCityFiles(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter(isCityFile)) cpSync(join(from, name), join(to, name));
}
