import { describe, expect, test } from "@jest/globals";
import { withAttributesKept } from "../../preview/kept-attributes";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

const CONFIG = {
  resource: {
    vsphere_virtual_machine: {
      kept: { name: "a", lifecycle: { prevent_destroy: true, ignore_changes: ["clone"] } },
      replaceable: { name: "b" },
    },
  },
};

function changed(name: string, before: object | null, after: object | null, more: Partial<PlanEntry> = {}): PlanEntry {
  const values = { before: { custom_attributes: before }, after: { custom_attributes: after } };
  return { actions: ["update"], name, key: "s", ...values, ...more };
}

describe("custom attributes that a plan would clear", () => {
  test("are left to others, in the resource that has them and in no other", () => {
    const plan = planOf([
      changed("kept", { 1: "MI900101", 301: "Success" }, { 1: "MI900102" }),
      changed("kept", { 1: "MI900103", 302: "Success" }, { 1: "MI900103" }),
    ]);
    expect(withAttributesKept(CONFIG, plan)?.resource?.vsphere_virtual_machine).toEqual({
      kept: {
        name: "a",
        lifecycle: {
          prevent_destroy: true,
          ignore_changes: ["clone", 'custom_attributes["301"]', 'custom_attributes["302"]'],
        },
      },
      replaceable: { name: "b" },
    });
    const bare = withAttributesKept(CONFIG, planOf([changed("replaceable", { 301: "a" }, null)]));
    expect(bare?.resource?.vsphere_virtual_machine).toMatchObject({
      replaceable: { lifecycle: { ignore_changes: ['custom_attributes["301"]'] } },
    });
  });

  test("are none where a holder changes, or the machine goes", () => {
    const holder = changed("kept", { 1: "MI900101" }, { 1: "MI900102", 2: "a" });
    const gone = { ...changed("kept", { 301: "a" }, null), actions: ["delete"] };
    const replaced = { ...changed("replaceable", { 301: "a" }, null), actions: ["delete", "create"] };
    expect(withAttributesKept(CONFIG, planOf([holder, gone, replaced]))).toBeUndefined();
  });
});
