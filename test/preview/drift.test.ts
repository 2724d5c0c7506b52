import { describe, expect, test } from "@jest/globals";
import { driftOf } from "../../preview/drift";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

const MACHINE = "vsphere_virtual_machine.r0";
type Values = Readonly<Record<string, unknown>>;

function drifted(entry: PlanEntry, planned: readonly PlanEntry[] = []) {
  return driftOf(planOf(planned, {}, [entry])).map(({ address, action, attributes }) => [address, action, attributes]);
}

function changed(before: Values, after: Values): PlanEntry {
  return { actions: ["update"], before, after };
}

/** Somebody changed it by hand, and the plan sets it back. */
function setBack(before: Values, after: Values) {
  return drifted(changed(before, after), [changed(after, before)]);
}

describe("drift", () => {
  test("is what somebody changed and the plan sets back", () => {
    expect(setBack({ memory: 4096 }, { memory: 8192 })).toEqual([[MACHINE, "update", ["memory"]]]);
    const disks = (...sizes: number[]): Values => ({ disk: sizes.map((size) => ({ size })) });
    expect(setBack(disks(40), disks(40, 10))).toEqual([[MACHINE, "update", ["disk"]]]);
  });

  test("is not what a server fills in by itself: no plan sets it", () => {
    const noise = changed({ change_version: "1" }, { change_version: "2" });
    expect(drifted(noise)).toEqual([]);
    expect(drifted(noise, [changed({ memory: 4096 }, { memory: 8192 })])).toEqual([]);
  });

  test("is not what the file has come to say meanwhile", () => {
    expect(drifted(changed({ memory: 4096 }, { memory: 8192 }))).toEqual([]);
  });

  test("is not the difference between nothing and empty, nor all of what the plan destroys", () => {
    const nothing = { memory: 4096, clone: [{ map: null, name: "" }] };
    expect(setBack(nothing, { memory: 4096, clone: [{ map: {} }] })).toEqual([]);
    expect(drifted(changed({ pci: null }, { pci: [] }), [{ actions: ["delete"], before: { pci: [] } }])).toEqual([]);
    expect(setBack({ memory: "" }, { memory: null })).toEqual([]);
    expect(setBack({ memory: "a" }, { memory: "" })).toHaveLength(1);
  });

  test("is a resource that is gone, and never what is only looked up", () => {
    expect(drifted({ actions: ["delete"], before: { memory: 4096 } })).toEqual([[MACHINE, "destroy", []]]);
    const looked = { ...changed({ memory: 1 }, { memory: 2 }), mode: "data" } as const;
    expect(drifted(looked, [changed({ memory: 2 }, { memory: 1 })])).toEqual([]);
  });

  test("tells names of attributes and no values", () => {
    const [old, fresh] = [{ memory: "s.old" }, { memory: "s.new" }];
    const plan = planOf([changed(fresh, old)], {}, [changed(old, fresh)]);
    expect(JSON.stringify(driftOf(plan))).toContain("memory");
    expect(JSON.stringify(driftOf(plan))).not.toMatch(/s\.(?:old|new)/);
  });
});
