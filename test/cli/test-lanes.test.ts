import { expect, test } from "@jest/globals";
import { testLanes } from "../../cli/test-groups";

test("the lab and the checks begin side by side, and each other group is taken once, by the lane that is free first", () => {
  const [one, other] = testLanes().map((lane) => lane[Symbol.iterator]());
  const taken = [one, other, other, one, other, other, other, one].map((lane) => {
    const next = lane?.next();
    return next?.done === true ? "none" : next?.value.label;
  });
  expect(taken.slice(0, 2)).toEqual(["lab", "check"]);
  expect([...taken].sort()).toEqual(["check", "lab", "monitoring", "network", "none", "page", "unit", "vcenter"]);
});
