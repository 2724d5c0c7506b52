import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, expect, test } from "@jest/globals";
import { applyStack } from "../../terraform/apply-stack";
import type { Veto } from "../../terraform/apply-stack";
import { CommandError } from "../../runtime/errors";
import { Redactor } from "../../runtime/redactor";
import { configurationDigest } from "../../preview/approval";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const STACK = "sample-network";
const CONFIGURATION = '{"terraform":{}}';
const PLAN = { format_version: "1.2", planned_values: { outputs: {} }, complete: true };

beforeEach(() => {
  mkdirSync(folder(`stacks/${STACK}`), { recursive: true });
  writeFileSync(folder(`stacks/${STACK}/cdk.tf.json`), CONFIGURATION);
  writeFileSync(folder("manifest.json"), JSON.stringify({ stacks: { [STACK]: { name: STACK } } }));
});

/** Applies with a Terraform that shows such a plan. @returns the commands that it was asked for */
async function applied(plan: object, veto: Veto = () => Promise.resolve(undefined), atATime?: number) {
  const script = `#!/bin/sh\necho "$*" >${folder("last")}\necho "$1" >>${folder("calls")}\nif [ "$1" = show ]; then echo '${JSON.stringify(plan)}'; fi\n`;
  writeFileSync(folder("terraform"), script);
  chmodSync(folder("terraform"), 0o755);
  const paths = { output: folder(), logs: folder("logs"), terraform: folder("terraform") };
  const planning = { ...paths, env: { PATH: process.env.PATH ?? "" }, redactor: new Redactor() };
  const approved = {
    configuration: configurationDigest(CONFIGURATION),
    lock: "",
    dependencies: [],
    outputs: [],
    changes: [],
  };
  const result = await applyStack(STACK, approved, planning, { say: () => undefined, veto, atATime }).catch(
    (error: unknown) => error,
  );
  return { result, calls: readFileSync(folder("calls"), "utf8").trim().split("\n") };
}

test("a plan that is whole and changes nothing that was not approved is applied", async () => {
  expect(await applied(PLAN)).toMatchObject({
    result: { result: "applied" },
    calls: ["init", "plan", "show", "apply"],
  });
});

test("a stack that clones has as many operations at a time as it was given, and any other Terraform's own", async () => {
  await applied(PLAN, undefined, 3);
  expect(readFileSync(folder("last"), "utf8")).toMatch(/^apply .*-parallelism=3 approved\.tfplan$/m);
  await applied(PLAN);
  expect(readFileSync(folder("last"), "utf8")).toMatch(/^apply (?!.*-parallelism).* approved\.tfplan$/m);
});

test("a plan that is vetoed after it was made is not applied, and the reason is told", async () => {
  const { result, calls } = await applied(PLAN, (stack) => Promise.resolve(`${stack} would lose something`));
  expect(result).toEqual({ result: "refused", reason: `${STACK} would lose something`, differences: [] });
  expect(calls).toEqual(["init", "plan", "show"]);
  expect(existsSync(folder(`stacks/${STACK}/approved.tfplan`))).toBe(false);
});

test.each([
  ["is a part", { complete: false }],
  ["puts changes off", { deferred_changes: [{ reason: "unknown" }] }],
  [
    "has what is not known",
    { resource_changes: [{ address: "a.b", mode: "managed", type: "a", change: { actions: ["x"] } }] },
  ],
])("nothing is applied of a plan that %s, and it is told why", async (_, more) => {
  const { result, calls } = await applied({ ...PLAN, ...more });
  expect(result).toBeInstanceOf(CommandError);
  expect((result as CommandError).message).toContain(
    `nothing was applied to ${STACK}: the plan may not be all that would be done: `,
  );
  expect(calls).toEqual(["init", "plan", "show"]);
  expect(existsSync(folder(`stacks/${STACK}/approved.tfplan`))).toBe(false);
});
