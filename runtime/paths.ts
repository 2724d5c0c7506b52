import { relative, resolve } from "node:path";

/** The repository's root. */
export const REPOSITORY = resolve(__dirname, "..");

/** The absolute or relative path, whichever is shorter: the kernel takes at most 107 characters for a socket. */
export function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
