import { expect, test } from "@jest/globals";
import { changedWithoutTpm } from "../../preview/declared-tpm";
import { UNCHANGED } from "../../preview/terraform-plan";
import type { PlannedResource } from "../../preview/terraform-plan";

function machine(
  actions: string[],
  before: unknown,
  after: unknown,
  type = "vsphere_virtual_machine",
): PlannedResource {
  return { address: `${type}.x["a"]`, mode: "managed", type, change: { actions, before, after } };
}

test("machines that change in place or are adopted, and whose configuration has no TPM, are found", () => {
  const was = { name: "PC-3", uuid: "4203" };
  const changes = [
    machine(["update"], was, { vtpm: [] }),
    machine(["update"], { ...was, name: "of a provider that knows no TPM" }, {}),
    machine(["update"], was, { vtpm: [{ version: "2.0" }] }),
    machine(["no-op"], was, { vtpm: [] }),
    machine(["delete", "create"], was, { vtpm: [] }),
    machine(["create"], null, { vtpm: [] }),
    machine(["update"], was, {}, "vsphere_folder"),
  ];
  expect(changedWithoutTpm({ ...UNCHANGED, resource_changes: changes }).map(({ name }) => name)).toEqual([
    "PC-3",
    "of a provider that knows no TPM",
  ]);
});
