import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { missingLines, stepsOf, Workplace } from "../fixtures/guide";

/** The guide as its reader works through it: every change is made, every command typed, every output compared. */
const GUIDE = join(__dirname, "../../docs/guides/network.md");
const MINUTE = 60_000;

const workplace = new Workplace();
afterAll(() => {
  workplace.remove();
});

describe("docs/guides/network.md", () => {
  test.each(stepsOf(GUIDE).map((step) => [step.line, step.kind, step] as const))(
    "is right from line %d on: %s",
    (_line, _kind, step) => {
      const { output, code } = workplace.take(step);
      // A command that ends with another code than 0 says so itself: "...; echo $?".
      const missing = missingLines(step.printed, output);
      expect({ code, missing, output }).toEqual({ code: 0, missing: [], output });
    },
    5 * MINUTE,
  );
});
