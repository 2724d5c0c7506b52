import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { asShown, rowsOf, stepsOf, Workplace } from "../fixtures/guide";
import { TestLab, useShipped } from "../lab/test-lab";

/** The guide as its reader works through it, in a repository of his own, against a city that is deployed as its shipped file has it. */
const STEPS = stepsOf(join(__dirname, "../../docs/guides/preview.md"));
const MINUTE = 60_000;

let lab: TestLab;
let reader: Workplace;

beforeAll(async () => {
  lab = await TestLab.start(1, useShipped);
  await lab.deploy("milan");
  reader = new Workplace();
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: reader.folder });
  git("init", "--quiet");
  git("config", "user.name", "test");
  git("config", "user.email", "test@test.example");
  git("add", "environments");
  git("commit", "--quiet", "--message=deployed");
  reader.useTools();
  // His files are those of his repository.
  Object.assign(process.env, lab.session.environment("milan"));
  delete process.env.POSTAZIONI_ENVIRONMENTS;
}, 10 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
}, MINUTE);

describe("docs/guides/preview.md", () => {
  test.each(rowsOf(STEPS))(
    "is right from line %d on: %s",
    (_line, _kind, step) => {
      const ended = reader.take(step);
      expect(asShown(step, ended)).toEqual({ code: 0, missing: [], output: ended.output });
    },
    5 * MINUTE,
  );
});
