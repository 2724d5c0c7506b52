import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { asShown, rowsOf, stepsOf, Workplace } from "../fixtures/guide";

/** The guide as its reader works through it, in a copy of the repository. */
const STEPS = stepsOf(join(REPOSITORY, "docs/guides/assistance.md"));
const MINUTE = 60_000;

let reader: Workplace;

beforeAll(() => {
  reader = new Workplace();
}, MINUTE);

afterAll(() => {
  reader.remove();
}, MINUTE);

describe("docs/guides/assistance.md", () => {
  test.each(rowsOf(STEPS))(
    "is right from line %d on: %s",
    (_line, _kind, step) => {
      const ended = reader.take(step);
      expect(asShown(step, ended)).toEqual({ code: 0, missing: [], output: ended.output });
    },
    5 * MINUTE,
  );
});
