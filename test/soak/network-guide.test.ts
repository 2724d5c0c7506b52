import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { asShown, rowsOf, stepsOf, Workplace } from "../fixtures/guide";

/** The guide as its reader works through it: every change is made, every command typed, every output compared. */
const GUIDE = join(__dirname, "../../docs/guides/network.md");
const MINUTE = 60_000;

const workplace = new Workplace();
afterAll(() => {
  workplace.remove();
});

describe("docs/guides/network.md", () => {
  test.each(rowsOf(stepsOf(GUIDE)))(
    "is right from line %d on: %s",
    (_line, _kind, step) => {
      const ended = workplace.take(step);
      expect(asShown(step, ended)).toEqual({ code: 0, missing: [], output: ended.output });
    },
    5 * MINUTE,
  );
});
