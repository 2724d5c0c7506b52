import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The repository's root: the program runs from its sources or from a build below. */
export const REPOSITORY = packageOf(__dirname);

function packageOf(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageOf(dirname(folder));
}

/** The absolute or relative path, whichever is shorter: the kernel takes at most 107 characters for a socket. */
export function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
