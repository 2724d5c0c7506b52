import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Tests of Go: a package has none, and its programs are those of a checkout. */
const TEST = "_test.go";

/** A digest of all files below a folder but tests, by name and content: it changes when a build's inputs change. */
export function hashInputs(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${String(content.length)}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(TEST))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
