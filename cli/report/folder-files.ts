import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { InputError } from "../../runtime/errors";

/** The list of written files, which tells the next run what it may overwrite. */
const LIST = ".postazioni-files";

/**
 * Writes a report's files to a folder, all or none, and removes those of an earlier run that are no longer needed.
 * @param files texts by their paths in the folder
 * @returns the paths of the written files
 * @throws InputError when a path holds a file that the report did not write, or is not a file
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>, force: boolean): string[] {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new InputError(`${folder} is not a folder`);
  const earlier = earlierFiles(folder);
  checkPlaces(folder, [...files.keys(), ...earlier, LIST]);
  const foreign = [...files.keys()].find((path) => existsSync(join(folder, path)) && !earlier.includes(path));
  if (foreign !== undefined && !force) {
    throw new InputError(
      `${join(folder, foreign)} is there and was not written by this command: --force overwrites it`,
    );
  }
  writeAll(folder, new Map([...files, [LIST, `${[...files.keys()].join("\n")}\n`]]));
  for (const path of earlier) if (!files.has(path)) rmSync(join(folder, path), { force: true });
  return [...files.keys()].map((path) => join(folder, path));
}

/** Writes to a temporary folder first and then moves all files: a full disk leaves the former files intact. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const beside = mkdtempSync(join(folder, ".postazioni-new-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(beside, path)), { recursive: true });
      writeFileSync(join(beside, path), text);
    }
    for (const path of files.keys()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(beside, path), join(folder, path));
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/**
 * Checked before anything is written: a folder in the way would stop the run halfway, and a link could lead outside the
 * folder.
 */
function checkPlaces(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const steps = path.split("/");
    for (const index of steps.keys()) {
      const place = join(folder, ...steps.slice(0, index + 1));
      const found = lstatSync(place, { throwIfNoEntry: false });
      const isLast = index === steps.length - 1;
      if (found === undefined || (isLast ? found.isFile() : found.isDirectory())) continue;
      throw new InputError(`${place} is not a ${isLast ? "file" : "folder"}: take it away, or name another folder`);
    }
  }
}

/** Somebody else may have written the list, and files on it are removed: each must lie in the folder. */
function earlierFiles(folder: string): string[] {
  const list = join(folder, LIST);
  if (lstatSync(list, { throwIfNoEntry: false })?.isFile() !== true) return [];
  const paths = readFileSync(list, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const beyond = paths.find((path) => isAbsolute(path) || normalize(path) !== path || path.startsWith(".."));
  if (beyond === undefined) return paths;
  throw new InputError(`${list} names a place outside its folder; this command wrote no such list: remove it`);
}
