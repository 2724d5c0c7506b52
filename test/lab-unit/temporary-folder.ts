import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "@jest/globals";

/**
 * A folder of its own for every test of a file, removed after it; the returned function gives paths in it.
 * @throws Error (the function) before the first test, such as in beforeAll, where there is no folder: a path would be relative
 */
export function temporaryFolder(): (...path: string[]) => string {
  let folder: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "postazioni-test-"));
  });
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return (...path) => {
    if (folder === undefined)
      throw new Error("there is no temporary folder before the first test: use it in beforeEach or in a test");
    return join(folder, ...path);
  };
}
