import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The names and bytes of files, to be compared. */
export function bytesOf(files: readonly string[]): string {
  return files.map((file) => `${file}\n${readFileSync(file, "latin1")}`).join("\n");
}
