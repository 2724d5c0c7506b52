import { expect, test } from "@jest/globals";
import type { StackRun } from "../../lab/stack-runs";
import { planOutcome, runOutcome } from "../../rehearsal/outcome";

const RUN: StackRun = { stack: "a", code: 0, seconds: 2, done: undefined, errors: [], logFile: "a.log" };
const counted = (added: number, changed: number, destroyed: number) =>
  runOutcome({ ...RUN, done: { added, changed, destroyed } });

test("a stack that Terraform changed says what was done, and one with nothing to do that it is unchanged", () => {
  expect(counted(2, 0, 1)).toMatchObject({ result: "done", summary: "2 added, 1 destroyed", seconds: 2 });
  expect(counted(0, 0, 0)).toMatchObject({ result: "unchanged", seconds: 2 });
});

test("a stack whose turn never came has no time, and one that failed has its errors and its log", () => {
  expect(runOutcome({ ...RUN, code: undefined })).toEqual({
    ...{ stack: "a", result: "not reached", seconds: null, errors: [] },
  });
  expect(runOutcome({ ...RUN, code: 1, errors: ["denied"] })).toMatchObject({
    ...{ result: "failed", errors: ["denied"], logFile: "a.log" },
  });
  expect(runOutcome({ ...RUN, code: null, errors: ["ended"] })).toMatchObject({ result: "failed" });
});

test("a plan that must be empty fails where it is not, and where it failed says why", () => {
  const plan = { stack: "a", logFile: "a.log" };
  expect(planOutcome({ ...plan, result: "unchanged", summary: "no changes" })).toMatchObject({ result: "unchanged" });
  expect(planOutcome({ ...plan, result: "orphaned", summary: "" })).toMatchObject({ result: "left" });
  expect(planOutcome({ ...plan, result: "changes", summary: "Plan: 1 to add" })).toMatchObject({
    ...{ result: "failed", errors: ["the plan is not empty: Plan: 1 to add"] },
  });
  expect(planOutcome({ ...plan, result: "failed", summary: "warning\n\nError: no such host\n\nend" })).toMatchObject({
    errors: ["Error: no such host"],
  });
});
