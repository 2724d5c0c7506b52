import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { asShown, rowsOf, stepsOf, Workplace } from "../fixtures/guide";

/** The guide as its reader works through it, in a repository of his own. No server is needed. */
const STEPS = stepsOf(join(__dirname, "../../docs/guides/transparency.md"));
const MINUTE = 60_000;

let reader: Workplace;

beforeAll(() => {
  reader = new Workplace();
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: reader.folder });
  git("init", "--quiet");
  git("config", "user.name", "test");
  git("config", "user.email", "test@test.example");
  git("add", "environments");
  git("commit", "--quiet", "--message=the city's files");
});

afterAll(() => {
  reader.remove();
});

describe("docs/guides/transparency.md", () => {
  test.each(rowsOf(STEPS))(
    "is right from line %d on: %s",
    (_line, _kind, step) => {
      const ended = reader.take(step);
      expect(asShown(step, ended)).toEqual({ code: 0, missing: [], output: ended.output });
    },
    5 * MINUTE,
  );
});
