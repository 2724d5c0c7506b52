import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { InputError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";

const TEST = /^test\/.*\.test\.ts$/;
const IMPORT = /\bfrom "(\.{1,2}\/[^"]+)"/g;

/**
 * Files of the repository that differ from a commit and still exist, with those that git does not know yet.
 * @throws InputError where there is no such commit
 */
export function changedFiles(since: string): string[] {
  return [...differing(since), ...git(["ls-files", "--others", "--exclude-standard"])];
}

function differing(since: string): string[] {
  try {
    return git(["diff", "--name-only", "--diff-filter=d", "--end-of-options", since, "--"]);
  } catch {
    throw new InputError(`--since ${since}: git knows no such commit here`);
  }
}

/**
 * Tests to run first after a change: changed ones, those that import a changed file themselves, and those of the changed
 * file's room, as `test/` mirrors the tree. What a change does through other files, `npm test` finds: nearly every test
 * reads cities, and so depends on every rule.
 * @param changed paths from the repository's root
 */
export function touchedTests(changed: readonly string[]): string[] {
  const tests = git(["ls-files", "--cached", "--others", "--exclude-standard", "test"]).filter((path) =>
    TEST.test(path),
  );
  const rooms = new Set(changed.filter((path) => !path.startsWith("test/")).map(roomOf));
  const files = new Set(changed);
  return tests.filter(
    (test) => files.has(test) || rooms.has(dirname(test)) || imports(test).some((path) => files.has(path)),
  );
}

/** The deepest folder of `test/` that mirrors a file's. */
function roomOf(path: string): string {
  let folder = dirname(path);
  while (folder !== "." && !existsSync(join(REPOSITORY, "test", folder))) folder = dirname(folder);
  return join("test", folder);
}

function imports(test: string): string[] {
  const text = readFileSync(join(REPOSITORY, test), "utf8");
  return [...text.matchAll(IMPORT)].map(([, path = ""]) => `${normalize(join(dirname(test), path))}.ts`);
}

function git(args: readonly string[]): string[] {
  const output = execFileSync("git", args, { cwd: REPOSITORY, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return output.split("\n").filter((line) => line !== "");
}
