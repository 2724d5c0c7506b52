import { expect, test } from "@jest/globals";
import type { ApprovedChange, ApprovedStack } from "../../preview/approval";
import { approvedClones } from "../../preview/approved-clones";

function stackWith(
  ...changes: readonly (readonly [address: string, action: ApprovedChange["action"]])[]
): ApprovedStack {
  const made = changes.map(([address, action]) => ({ address, action, object: null, attributes: {} }));
  return { configuration: "0", lock: "", dependencies: [], outputs: [], changes: made };
}

test("a stack clones the machines that it creates or replaces, and no other", () => {
  const seat = (name: string): string => `vsphere_virtual_machine.pool_kept["${name}"]`;
  const changes = [
    [seat("a"), "create"],
    [seat("b"), "replace"],
    [seat("c"), "update"],
    [seat("d"), "destroy"],
    [seat("e"), "import"],
    ["vsphere_folder.machines", "create"],
    ["vsphere_virtual_machine_class.other", "create"],
  ] as const;
  expect(approvedClones(stackWith(...changes))).toBe(2);
  expect(approvedClones(undefined)).toBe(0);
});
