import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The toolkit's root, a checkout or an installed package: the program runs from its sources or from a build below. */
export const REPOSITORY = packageOf(__dirname);

/** The toolkit's version, as package.json says: `0.1.0`. */
export const VERSION = (JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as { version: string })
  .version;

/** Whether the toolkit is a checkout with its sources, and not an installed package. */
export const IS_CHECKOUT = existsSync(join(REPOSITORY, "cli", "main.ts"));

/**
 * The folder that holds the cities' files, and what commands write: a checkout itself, otherwise the nearest folder with a
 * cdktf.json from where the person stands, otherwise that folder.
 */
export const PROJECT = IS_CHECKOUT ? REPOSITORY : (projectAbove(process.cwd()) ?? process.cwd());

function projectAbove(folder: string): string | undefined {
  if (existsSync(join(folder, "cdktf.json"))) return folder;
  return dirname(folder) === folder ? undefined : projectAbove(dirname(folder));
}

function packageOf(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageOf(dirname(folder));
}

/** The absolute or relative path, whichever is shorter: the kernel takes at most 107 characters for a socket. */
export function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
