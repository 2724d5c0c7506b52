import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { planStack } from "../../terraform/plan-stack";
import { Redactor } from "../../runtime/redactor";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const STACK = { name: "sample-network", dependencies: [], handsOver: false };
const SUMMARY = { "@message": "Plan: 0 to add", changes: { add: 0, change: 0, remove: 0, operation: "plan" } };
const WARNING = { severity: "warning", summary: "Resource targeting is in effect" };
const OTHER_WARNING = { severity: "warning", summary: "Deprecated attribute" };
const PLAN = { format_version: "1.2", planned_values: { outputs: { id: { value: "dvs-7" } } } };

beforeEach(() => {
  const stack = folder(join("stacks", STACK.name));
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), '{"terraform":{}}');
  mkdirSync(folder("logs"), { recursive: true });
});

/** Plans with a Terraform that says something while it plans, and then shows the plan or does not. */
async function planned(said: readonly object[], show = `echo '${JSON.stringify(PLAN)}'`, stack = STACK) {
  const plan = said.map((message) => `echo '${JSON.stringify(message)}'`).join("\n");
  const script = `#!/bin/sh\necho "$1" >>${folder("calls")}\ncase $1 in\nplan)\n${plan}\n;;\nshow)\n${show}\n;;\nesac\n`;
  writeFileSync(folder("calls"), "");
  writeFileSync(folder("terraform"), script);
  chmodSync(folder("terraform"), 0o755);
  const env = { PATH: process.env.PATH ?? "" };
  const paths = { output: folder(), logs: folder("logs"), terraform: folder("terraform") };
  const result = await planStack(stack, new Map(), { ...paths, env, redactor: new Redactor() });
  return { result, calls: readFileSync(folder("calls"), "utf8").trim().split("\n") };
}

test("a plan without a difference is not printed, unless others take its outputs", async () => {
  const { result, calls } = await planned([SUMMARY]);
  expect(calls).toEqual(["init", "plan"]);
  expect(result).toMatchObject({ stack: STACK.name, plan: { resource_changes: [], planned_values: { outputs: {} } } });
  const stoodOn = await planned([SUMMARY], undefined, { ...STACK, handsOver: true });
  expect(stoodOn.calls).toEqual(["plan", "show"]);
  expect(stoodOn.result).toMatchObject({ plan: { planned_values: PLAN.planned_values } });
});

test.each([
  [
    "says a difference",
    [{ "@message": "x: Plan to move", type: "planned_change", change: { action: "move" } }, SUMMARY],
  ],
  ["says a difference in a way that is not known", [{ "@message": "x", type: "outputs", outputs: 7 }, SUMMARY]],
  ["has a warning", [{ "@message": "Warning: x", type: "diagnostic", diagnostic: OTHER_WARNING }, SUMMARY]],
  ["says what is not known", [{ "@message": "x", type: "deferred_change" }, SUMMARY]],
  ["does not say that it is at its end", []],
])("a plan is printed that %s", async (_, said) => {
  expect((await planned(said)).calls).toContain("show");
});

test("why a plan could not be printed is told, and nothing of the plan", async () => {
  const show = "echo '{\"password\":\"hunter2-hunter2\",'\necho 'Error: Failed to read the plan' >&2\nexit 1";
  const { result } = await planned([], show);
  expect(result).toEqual({
    ...{ stack: STACK.name, logFile: folder(join("logs", `${STACK.name}.log`)) },
    failure: "terraform show: Failed to read the plan",
  });
});

test("a plan that is a part of what would be done is a failure, and never no change", async () => {
  const targeted = `echo '${JSON.stringify({ ...PLAN, complete: false })}'`;
  const { result } = await planned([], targeted);
  expect(result).toMatchObject({
    failure: expect.stringContaining("it is a part of what would be done (complete: false)"),
  });
});

test("a plan that is said to be of a part alone is a failure, also of OpenTofu, whose plan does not have it", async () => {
  const { result, calls } = await planned([
    { "@message": "Warning: x", type: "diagnostic", diagnostic: WARNING },
    SUMMARY,
  ]);
  expect(result).toMatchObject({ failure: "the plan is a part of what would be done: -target" });
  expect(calls).not.toContain("show");
});

test("what lies in the stack's folder and is none of it is not planned with it, nor another workspace", async () => {
  const stack = folder(join("stacks", STACK.name));
  const ours = ["cdk.tf.json", "errored.tfstate", "notes.txt"];
  const foreign = ["override.tf.json", "more.tf", "more.tofu", "terraform.tfvars", "a.auto.tfvars.json"];
  for (const file of [...ours.slice(1), ...foreign]) writeFileSync(join(stack, file), "{}");
  mkdirSync(join(stack, ".terraform"));
  writeFileSync(join(stack, ".terraform", "environment"), "another");
  await planned([SUMMARY]);
  expect(readdirSync(stack)).toEqual(expect.arrayContaining(ours));
  expect(readdirSync(stack, { recursive: true })).not.toEqual(expect.arrayContaining(["environment"]));
  for (const file of foreign) expect(readdirSync(stack)).not.toContain(file);
});
