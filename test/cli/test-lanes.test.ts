import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { testLanes } from "../../cli/test-groups";
import { REPOSITORY } from "../../runtime/paths";

test("every project of jest is in one lane, but the one that takes hours; so are the checks and the simulated vCenter's tests", () => {
  const configured = readFileSync(join(REPOSITORY, "jest.config.js"), "utf8").matchAll(/displayName: "(\w+)"/g);
  const projects = [...configured].map(([, name]) => name).filter((name) => name !== "soak");
  const labels = testLanes().flatMap((lane) => lane.map(({ label }) => label));
  expect(labels.sort()).toEqual([...projects, "check", "vcenter"].sort());
});
