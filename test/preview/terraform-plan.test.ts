import { describe, expect, test } from "@jest/globals";
import { PlanError, readPlan } from "../../preview/terraform-plan";
import { planOf } from "../fixtures/terraform-plan";

const VERSION = { format_version: "1.2" };
const WHOLE = JSON.stringify({
  ...VERSION,
  ...planOf([{ actions: ["create"], key: "mi-ana-0001", after: { password: "hunter2-hunter2" } }]),
});

function wrong(text: string): string {
  try {
    readPlan(text);
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
  throw new Error("it was read");
}

describe("a plan", () => {
  test("is read whole", () => {
    expect(readPlan(WHOLE).resource_changes).toMatchObject([{ index: "mi-ana-0001" }]);
  });

  test("without changes may leave out the list of them", () => {
    expect(readPlan('{"format_version":"1.2","terraform_version":"1.14.1","planned_values":{}}')).toMatchObject({
      resource_changes: [],
      planned_values: { outputs: {} },
    });
  });
});

describe("what is no plan", () => {
  test.each([
    ["nothing", " \n", "the plan is empty"],
    ["the beginning of one", WHOLE.slice(0, -20), "the plan is not JSON, or only the beginning of it"],
    ["a number", "7", "it is JSON, but no plan of Terraform's: it has no format_version"],
    ["a state", '{"version":4,"serial":1}', "it is JSON, but no plan of Terraform's: it has no format_version"],
    [
      "another version's",
      WHOLE.replace('"1.2"', '"2.0"'),
      "the plan has format version 2.0; allowed: 1.x, of Terraform 1",
    ],
    ["an unfinished one", WHOLE.replace("{", '{"errored":true,'), "Terraform could not finish the plan"],
    [
      "a list of something else",
      WHOLE.replace(/"actions":\[[^\]]*\]/, '"actions":"create"'),
      "it is no plan of Terraform's: resource_changes.0.change.actions (invalid_type)",
    ],
  ])("is refused: %s", (_, text, message) => {
    expect(wrong(text)).toBe(message);
  });

  test("is not shown by what is said of it", () => {
    const many = JSON.stringify({
      ...VERSION,
      ...planOf([]),
      resource_changes: Array.from({ length: 9 }, () => "hunter2-hunter2"),
    });
    expect(wrong(many)).toMatch(/^it is no plan of Terraform's: (?:resource_changes\.\d \(\w+\), ){3}6 more$/);
  });
});

/** A plan of two machines and an output, with something of it otherwise. */
function planWith(more: object, resource: object = {}, change: object = {}): string {
  const { resource_changes: changes, ...plan } = planOf([{ actions: ["update"], key: "mi-ana-0001" }]);
  const others = changes.map((one) => ({ ...one, ...resource, change: { ...one.change, ...change } }));
  return JSON.stringify({ ...VERSION, ...plan, complete: true, applyable: true, resource_changes: others, ...more });
}

describe("a plan that may not be all that would be done", () => {
  const put = { reason: "provider_config_unknown", resource_change: { address: "vault_mount.kv" } };
  const action = { address: "action.vsphere_reboot.all", type: "vsphere_reboot" };
  test.each<[string, string, string]>([
    ["a part", planWith({ complete: false }), "it is a part of what would be done (complete: false), as with -target"],
    ["one with changes put off", planWith({ deferred_changes: [put] }), "changes put off: vault_mount.kv"],
    ["one with actions", planWith({ action_invocations: [action] }), "actions to run: action.vsphere_reboot.all"],
    [
      "one with actions put off",
      planWith({ deferred_action_invocations: [{ reason: "unknown", action_invocation: action }] }),
      "actions put off: action.vsphere_reboot.all",
    ],
    ["one that cannot be applied", planWith({ applyable: false }), "Terraform would not apply it (applyable: false)"],
    [
      "one whose check failed",
      planWith({ checks: [{ address: { kind: "check", to_display: "check.reach" }, status: "error" }] }),
      "checks that fail: check.reach",
    ],
    ["one with a new member", planWith({ query_results: [1] }), "members that are not known here: query_results"],
    [
      "one whose resources have a new member",
      planWith({}, { partial: true }),
      "members that are not known here: partial of resources",
    ],
    [
      "one whose changes have a new member",
      planWith({}, {}, { skipped: ["memory"] }),
      "members that are not known here: skipped of changes",
    ],
    [
      "one with a new action",
      planWith({}, {}, { actions: ["open"] }),
      'changes that are not known here: vsphere_virtual_machine.r0["mi-ana-0001"]: open',
    ],
    [
      "one with no action",
      planWith({}, {}, { actions: [] }),
      'changes that are not known here: vsphere_virtual_machine.r0["mi-ana-0001"]: nothing',
    ],
    [
      "one with known actions in a new order",
      planWith({}, {}, { actions: ["update", "delete"] }),
      'changes that are not known here: vsphere_virtual_machine.r0["mi-ana-0001"]: update, delete',
    ],
    [
      "one with a new mode",
      planWith({}, { mode: "ephemeral" }),
      'changes that are not known here: vsphere_virtual_machine.r0["mi-ana-0001"]: ephemeral',
    ],
    [
      "one that changes outputs in a new way",
      planWith({ output_changes: { segment: { actions: ["rotate"] } } }),
      "changes that are not known here: output segment: rotate",
    ],
    [
      "one that drifted in a new way",
      planWith({
        resource_drift: [
          { address: "vault_mount.kv", mode: "managed", type: "vault_mount", change: { actions: ["x"] } },
        ],
      }),
      "changes that are not known here: vault_mount.kv: x",
    ],
  ])("is refused: %s", (_, text, why) => {
    expect(wrong(text)).toBe(`the plan may not be all that would be done: ${why}`);
  });

  test("is refused with everything that is wrong with it", () => {
    expect(wrong(planWith({ complete: false, deferred_changes: [put, put, put, put] }))).toBe(
      "the plan may not be all that would be done: it is a part of what would be done (complete: false), as with -target; " +
        "changes put off: vault_mount.kv, vault_mount.kv, vault_mount.kv and 1 more",
    );
  });

  test("is none where a new member says nothing, or an older version says less", () => {
    const empty = { query_results: [], deferred_changes: [], action_invocations: [], sampled: false, checks: [] };
    expect(readPlan(planWith(empty, { partial: null }, { skipped: {} })).resource_changes).toHaveLength(1);
    expect(readPlan(planWith({ complete: undefined, applyable: undefined })).resource_changes).toHaveLength(1);
    expect(
      readPlan(planWith({ checks: [{ address: { to_display: "check.later" }, status: "unknown" }] })),
    ).toBeDefined();
  });
});
