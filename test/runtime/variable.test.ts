import { expect, test } from "@jest/globals";
import { variable } from "../../runtime/variable";

test.each([
  ["another value", "a", "a"],
  ["an empty one, as CI leaves what nobody gave,", "", undefined],
  ["none", undefined, undefined],
])("a variable with %s", (_what, value, expected) => {
  expect(variable("POSTAZIONI_OVERLAY", { POSTAZIONI_OVERLAY: value })).toBe(expected);
});
