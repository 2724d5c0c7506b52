import { describe as group, expect, test } from "@jest/globals";
import { describe, resourceChanges } from "../../preview/resource-change";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

function described(entry: PlanEntry) {
  return resourceChanges(planOf([entry])).map(describe);
}

group("a planned resource", () => {
  test.each([
    ["created", { actions: ["create"], after: { name: "a" } }, { action: "create", attributes: [] }],
    [
      "updated",
      { actions: ["update"], before: { memory: 4, tags: ["a", "b"] }, after: { memory: 8, tags: ["a", "b"] } },
      { action: "update", attributes: ["memory"] },
    ],
    [
      "updated to what is not known yet",
      { actions: ["update"], before: { ip: "a" }, after: {}, unknown: { ip: true, disk: [{}] } },
      { action: "update", attributes: ["ip"] },
    ],
    ["destroyed", { actions: ["delete"], before: { name: "a" } }, { action: "destroy", attributes: [] }],
    [
      "replaced",
      { actions: ["delete", "create"], before: { a: 1 }, after: { a: 2 }, replacedFor: ["clone", "clone"] },
      { action: "replace", replacedFor: ["clone"] },
    ],
    ["replaced the other way round", { actions: ["create", "delete"] }, { action: "replace" }],
    ["given up", { actions: ["forget"], before: { a: 1 } }, { action: "forget" }],
    ["imported as it is", { actions: ["no-op"], importing: "vm-1" }, { action: "import", attributes: [] }],
  ] as const)("is %s", (_, entry, expected) => {
    expect(described(entry)).toEqual([expect.objectContaining(expected)]);
  });

  test("that is only looked up, or stays, is no change", () => {
    expect(described({ actions: ["read"], mode: "data" })).toEqual([]);
    expect(described({ actions: ["no-op"], before: { a: 1 }, after: { a: 1 } })).toEqual([]);
  });

  test("has names of attributes and no values", () => {
    const [change] = described({ actions: ["update"], before: { token: "s.old" }, after: { token: "s.new" } });
    expect(JSON.stringify(change)).not.toMatch(/s\.(?:old|new)/);
  });
});
