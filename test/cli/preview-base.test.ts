import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, expect, test } from "@jest/globals";
import { changedBeside, checkOut } from "../../cli/preview/base";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

/** A repository with one city's file, committed. */
function repository(name: string, city: string): string {
  const at = folder(name);
  mkdirSync(at, { recursive: true });
  writeFileSync(folder(`${name}/${city}.yaml`), "city: {}\n");
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: at });
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=cities");
  return at;
}

test("the base is read from the repository of the files, whatever the environment says to git", () => {
  const [own, other] = [repository("own", "milan"), repository("other", "catania")];
  const variables = { GIT_DIR: `${other}/.git`, GIT_WORK_TREE: other, GIT_CONFIG_COUNT: "not a number" };
  process.env = { ...before, ...variables };
  mkdirSync(folder("base"), { recursive: true });
  checkOut("HEAD", own, folder("base"));
  expect(readdirSync(folder("base"))).toEqual(["milan.yaml"]);
});

test.each([":/cities", "HEAD^{/cities}", "@"])("the base may be %s, as git takes it for a commit", (commit) => {
  const own = repository("own", "milan");
  mkdirSync(folder("base"), { recursive: true });
  checkOut(commit, own, folder("base"));
  expect(readdirSync(folder("base"))).toEqual(["milan.yaml"]);
});

test.each([
  ["a city's file", "milan.yaml", undefined],
  ["a document", "README.md", undefined],
  ["the toolkit's version", "package-lock.json", "package-lock.json"],
  ["code", "constructs/pool.ts", "constructs/pool.ts"],
])("%s that was changed since the base decides on what is synthesized, or not", (_, file, found) => {
  const own = repository("own", "milan");
  mkdirSync(folder("own/constructs"), { recursive: true });
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: own });
  writeFileSync(folder(`own/${file}`), "before\n");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=more");
  expect(changedBeside("HEAD", own)).toBeUndefined();
  writeFileSync(folder(`own/${file}`), "after\n");
  expect(changedBeside("HEAD", own)).toBe(found);
});

test("a city's file is one in the folder of the cities alone", () => {
  const own = repository("own", "milan");
  mkdirSync(folder("own/environments"), { recursive: true });
  writeFileSync(folder("own/environments/catania.yaml"), "city: {}\n");
  writeFileSync(folder("own/milan.yaml"), "city: { id: milan }\n");
  execFileSync("git", ["add", "."], { cwd: own });
  expect(changedBeside("HEAD", folder("own/environments"))).toBe("milan.yaml");
});
