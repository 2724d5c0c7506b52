import { describe, expect, test } from "@jest/globals";
import { driftOf } from "../../preview/drift";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

const MACHINE = "vsphere_virtual_machine.r0";
const SAID = {
  [MACHINE]: { memory: { constant_value: 4096 }, disk: [{ size: { constant_value: 40 } }], clone: [{}] },
};

function drifted(entry: PlanEntry, planned: readonly PlanEntry[] = []) {
  return driftOf(planOf(planned, {}, { drift: [entry], said: SAID })).map(({ address, action, attributes }) => [
    address,
    action,
    attributes,
  ]);
}

function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): PlanEntry {
  return { actions: ["update"], before, after };
}

describe("drift", () => {
  test("is what the configuration says and somebody changed", () => {
    expect(drifted(changed({ memory: 4096, ip: "a" }, { memory: 8192, ip: "b" }))).toEqual([
      [MACHINE, "update", ["memory"]],
    ]);
  });

  test("is not what a server fills in by itself", () => {
    expect(drifted(changed({ memory: 4096, change_version: "1" }, { memory: 4096, change_version: "2" }))).toEqual([]);
    const disk = (size: number, uuid: string): PlanEntry["before"] => ({ disk: [{ size, uuid }] });
    expect(drifted(changed(disk(40, "a") ?? {}, disk(40, "b") ?? {}))).toEqual([]);
  });

  test("is not the difference between nothing and empty, nor all of what the plan destroys", () => {
    const nothing = changed({ memory: 4096, clone: [{ map: null, name: "" }] }, { memory: 4096, clone: [{ map: {} }] });
    expect(drifted(nothing, [{ actions: ["delete"], before: { memory: 4096, pci: null } }])).toEqual([]);
    expect(drifted(changed({ memory: "" }, { memory: null }))).toEqual([]);
    expect(drifted(changed({ memory: "a" }, { memory: "" }))).toHaveLength(1);
  });

  test("is a block that has another value, or that was added", () => {
    const disks = (...sizes: number[]) => ({ disk: sizes.map((size) => ({ size, uuid: String(size) })) });
    expect(drifted(changed(disks(40), disks(80)))).toEqual([[MACHINE, "update", ["disk"]]]);
    expect(drifted(changed(disks(40), disks(40, 10)))).toEqual([[MACHINE, "update", ["disk"]]]);
  });

  test("is what the plan would set back, though the configuration leaves it to the provider", () => {
    const back = changed({ swap: "host" }, { swap: "inherit" });
    expect(drifted(changed({ swap: "inherit" }, { swap: "host" }), [back])).toEqual([[MACHINE, "update", ["swap"]]]);
  });

  test("is a resource that is gone, and never what is only looked up", () => {
    expect(drifted({ actions: ["delete"], before: { memory: 4096 } })).toEqual([[MACHINE, "destroy", []]]);
    expect(drifted({ ...changed({ memory: 1 }, { memory: 2 }), mode: "data" })).toEqual([]);
  });

  test("tells names of attributes and no values", () => {
    const plan = planOf([], {}, { drift: [changed({ memory: "s.old" }, { memory: "s.new" })], said: SAID });
    expect(JSON.stringify(driftOf(plan))).not.toMatch(/s\.(?:old|new)/);
  });
});
