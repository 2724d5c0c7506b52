import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shortened } from "../../environments/display";
import { InputError, messageOf } from "../../runtime/errors";
import type { NewFiles } from "./repository-files";

/** What a new clone of an empty repository has. */
const CLONE = [".git"];

/** @throws InputError where a folder has anything but a new clone's own files, or is none */
export function requireEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new InputError(`${folder} is a file: name a folder that is new or empty`);
  const present = readdirSync(folder).filter((name) => !CLONE.includes(name));
  if (present.length === 0) return;
  throw new InputError(
    `${folder} is not empty: there ${present.length === 1 ? "is" : "are"} ${present.sort().map(shortened).join(", ")}. Nothing was written. Name a folder ` +
      "that is new or empty (postazioni init DIR); to write a city's file into a repository that is there: postazioni init city",
  );
}

/** Writes all files into an empty folder, or none. @throws InputError that says why they cannot be written */
export function writeAll(folder: string, files: NewFiles): void {
  const isNew = !existsSync(folder);
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { flag: "wx" });
    }
  } catch (error) {
    const written = isNew ? [folder] : [...files.keys()].map((path) => join(folder, path.split("/")[0] ?? path));
    for (const path of written.filter((one) => existsSync(one))) rmSync(path, { recursive: true });
    throw new InputError(`${messageOf(error)}. Nothing was left behind`);
  }
}
