import { expect, test } from "@jest/globals";
import { newMachines } from "../../preview/new-machines";
import type { TerraformPlan } from "../../preview/terraform-plan";
import { UNCHANGED } from "../../preview/terraform-plan";

type Change = TerraformPlan["resource_changes"][number];

function planOf(...changes: Partial<Change>[]): TerraformPlan {
  const type = "vsphere_virtual_machine";
  const change = { actions: ["create"], before: null, after: { name: "ct-tec-0001" } };
  return {
    ...UNCHANGED,
    resource_changes: changes.map((one) => ({
      ...{ address: "a", mode: "managed", type, index: "ct-tec-0001", change },
      ...one,
    })),
  };
}

test("the machines that a plan creates are told with their address, and with the machine that they replace", () => {
  const replaced = {
    actions: ["delete", "create"],
    before: { id: "42", uuid: null },
    after: { name: "catania-gateway-a" },
  };
  expect(newMachines(planOf({}, { index: undefined, change: replaced }))).toEqual([
    { name: "ct-tec-0001", address: "a" },
    { name: "catania-gateway-a", address: "a", replaces: "42" },
  ]);
});

test("nothing else is: other changes, other resources, what an interrupted replacement left", () => {
  const plan = planOf(
    { change: { actions: ["update"], before: { id: "42", uuid: null } } },
    { change: { actions: ["delete"], before: { id: "42", uuid: null } } },
    { type: "vsphere_folder" },
    { change: { actions: ["create"], before: null, after: {} } },
    { deposed: "0" },
  );
  expect(newMachines(plan)).toEqual([]);
});
