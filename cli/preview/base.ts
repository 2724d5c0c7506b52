import { execFileSync } from "node:child_process";
import { copyFileSync, lstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isCityFile } from "../../environments/load";
import { EnvironmentError } from "../../environments/violation";
import { InputError } from "../../runtime/errors";

const MOST_BYTES = 64 * 1024 * 1024;
/** Documents and tests. */
const DECIDES_NOTHING = /^(?:docs|test)\/|\.md$/;

/** Reads a commit's files. @throws InputError where they break today's rules */
export function asOfCommit<T>(commit: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new InputError(`--base ${commit}: its files are not right by today's rules:\n${error.message}`);
  }
}

/**
 * Writes the cities' files of a commit into an existing folder.
 * @param environments folder of the cities' files, in a clone of their repository
 * @returns names of those that are the same there
 * @throws InputError where there is no such commit
 */
export function checkOut(commit: string, environments: string, folder: string): ReadonlySet<string> {
  const git = (...args: string[]): string => askGit(commit, environments, args);
  const id = commitId(commit, environments);
  const entries = git("ls-tree", "-z", id, ".").split("\0");
  const wanted = new Map(entries.flatMap(cityEntry));
  const there = [...wanted.keys()].filter((file) => isFile(join(environments, file)));
  // By their contents: the index may be told to overlook a file.
  const digests = there.length === 0 ? [] : git("hash-object", "--", ...there.map((file) => `./${file}`)).split("\n");
  const same = new Set(there.filter((file, index) => digests[index] === wanted.get(file)));
  for (const file of wanted.keys()) {
    if (same.has(file)) copyFileSync(join(environments, file), join(folder, file));
    else writeFileSync(join(folder, file), git("show", `${id}:./${file}`));
  }
  return same;
}

/** Name and object of a file of cities, of a line of `git ls-tree`: mode, type and object, a tab, the name. */
function cityEntry(line: string): [string, string][] {
  const [, object, file] = /^\d+ blob (\w+)\t([^]+)$/.exec(line) ?? [];
  return object === undefined || file === undefined || !isCityFile(file) ? [] : [[file, object]];
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * A file that was changed since a commit and may decide on what is synthesized: of the toolkit, or its version in
 * package-lock.json. Cities' files are none, as both versions of them are synthesized; nor are documents and tests.
 * @param environments folder of the cities' files, in a clone of their repository
 * @returns one of them, relative to the repository; undefined where there is none
 * @throws InputError where there is no such commit
 */
export function changedBeside(commit: string, environments: string): string | undefined {
  const git = (...args: string[]): string => askGit(commit, environments, args);
  const id = commitId(commit, environments);
  const changed = git("diff", "--name-only", "--no-relative", "--no-renames", "-z", id, "--").split("\0");
  const folder = git("rev-parse", "--show-prefix").trim();
  const isOfCity = (file: string): boolean => file.startsWith(folder) && isCityFile(file.slice(folder.length));
  return changed.find((file) => file !== "" && !isOfCity(file) && !DECIDES_NOTHING.test(file));
}

/**
 * Resolved once, because a branch may move meanwhile, and before ^{commit} is added: a revision such as `:/words of a
 * message` takes everything up to its end.
 */
function commitId(commit: string, environments: string): string {
  const idOf = (name: string): string =>
    askGit(commit, environments, ["rev-parse", "--verify", "--quiet", "--end-of-options", name]).trim();
  return idOf(`${idOf(commit)}^{commit}`);
}

function askGit(commit: string, cwd: string, args: readonly string[]): string {
  try {
    return execFileSync("git", args, {
      cwd,
      env: withoutGit(process.env),
      encoding: "utf8",
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const told = (error as { readonly stderr?: string }).stderr?.trim() ?? "";
    throw new InputError(`--base ${commit}: ${told === "" ? "git knows no such commit here" : told}`);
  }
}

/**
 * Without GIT_DIR, GIT_CONFIG_COUNT and the like, which would make git read another repository or behave differently.
 */
export function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
}
