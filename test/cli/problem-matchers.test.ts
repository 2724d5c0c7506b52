import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { SMALL, assignmentsCsv } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const MATCHER = ".github/actions/set-up/problem-matcher.json";

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly message: number;
}

interface Matchers {
  readonly problemMatcher: readonly { readonly pattern: readonly Pattern[] }[];
}

interface Tasks {
  readonly tasks: readonly { readonly label: string; readonly problemMatcher: { readonly pattern: Pattern } }[];
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY, file), "utf8"));
}

const GITHUB = (read(MATCHER) as Matchers).problemMatcher[0]?.pattern[0];
const EDITOR = (read(".vscode/tasks.json") as Tasks).tasks.find(({ label }) => label === "validate")?.problemMatcher
  .pattern;

/** What a matcher makes of an output: a place and a message for each line that it takes. */
function problems(pattern: Pattern | undefined, output: string): (string | undefined)[][] {
  if (pattern === undefined) throw new Error("there is no pattern");
  const { regexp, file, line, column, message } = pattern;
  return output.split("\n").flatMap((one) => {
    const found = new RegExp(regexp).exec(one);
    return found === null ? [] : [[found[file], found[line], found[column], found[message]?.split("; ")[0]]];
  });
}

function cityIn(name: string): string {
  const path = folder(name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "sample.yaml"), SMALL.replace("seats: 5,", "seats: many,\n      colour: red,"));
  writeFileSync(join(path, "milan.assignments.csv"), assignmentsCsv("mi-ana-9999,MI900102,anagrafe,2026-01-12,"));
  return path;
}

test.each([
  ["GitHub's", GITHUB],
  ["VS Code's", EDITOR],
])(
  "%s matcher takes every violation, in YAML and CSV, also in a path with blanks, and nothing else",
  async (_, pattern) => {
    const path = cityIn("le mie città: 2");
    const { out, err } = await typedHere(["validate", "--environments", path]);
    expect(problems(pattern, out + err)).toEqual([
      [join(path, "sample.yaml"), "46", "14", 'pools[name=anagrafe].seats: "many" is text'],
      [join(path, "sample.yaml"), "47", "7", 'pools[name=anagrafe].colour: unknown key "colour"'],
    ]);
  },
);

test("the matchers take nothing of an output without violations", async () => {
  const path = cityIn("right");
  writeFileSync(join(path, "sample.yaml"), SMALL);
  writeFileSync(join(path, "milan.assignments.csv"), assignmentsCsv());
  const { out, err } = await typedHere(["validate", "--environments", path]);
  expect([GITHUB, EDITOR].flatMap((pattern) => problems(pattern, out + err))).toEqual([]);
});

test("paths are those of the folder in which the task and the job stand", () => {
  const path = relative(REPOSITORY, cityIn("here"));
  const { stdout } = spawnSync("npm", ["run", "-s", "validate", "--", join(path, "sample.yaml")], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  expect(problems(EDITOR, stdout)[0]?.[0]).toBe(join(path, "sample.yaml"));
});

test("every job that checks a city's file has the matcher", () => {
  const action = readFileSync(join(REPOSITORY, ".github/actions/set-up/action.yml"), "utf8");
  expect(action).toContain(`echo "::add-matcher::${MATCHER}"`);
});
