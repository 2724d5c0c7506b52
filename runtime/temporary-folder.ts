import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { types } from "node:util";

/**
 * Works in a new folder that only its user can open, and removes it once the work is done or has failed.
 * @param begin what the folder's path begins with, from the folder for temporary files on
 * @param work may be asynchronous
 */
export function inTemporaryFolder<T>(begin: string, work: (folder: string) => T): T {
  const folder = mkdtempSync(resolve(tmpdir(), begin));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const result = work(folder);
    if (types.isPromise(result)) return result.finally(remove) as T;
    remove();
    return result;
  } catch (error) {
    remove();
    throw error;
  }
}
