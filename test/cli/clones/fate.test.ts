import { describe, expect, test } from "@jest/globals";
import { fateOf } from "../../../cli/clones/fate";
import type { WantedMachine } from "../../../cli/clones/fate";
import type { MachineHistory, NamedMachine } from "../../../vcenter/stray-machines";

const SEAT: WantedMachine = {
  ...{
    path: "milan/anagrafe/anagrafe/mi-ana-0001",
    template: "win11",
    customized: true,
    marked: false,
    losesDataDisk: false,
  },
};
const HISTORY: MachineHistory = { source: "win11", wasStarted: false, isCustomized: false };
const CLONE: NamedMachine = {
  ...{ id: "vm-1", name: "mi-ana-0001", path: SEAT.path, uuid: "42", isTemplate: false },
  ...{ isOn: false, isBusy: false, hasSnapshot: false, isMarked: false, history: HISTORY },
};

function reason(machine: Partial<NamedMachine>, seat: Partial<WantedMachine> = {}): string {
  const fate = fateOf({ ...CLONE, ...machine }, { ...SEAT, ...seat });
  return fate.kind === "left-alone" ? fate.reason : fate.kind;
}

describe("a machine under a seat's name that is in no state", () => {
  test("is an unfinished clone where it is the seat's template's, and no event tells of a start", () => {
    expect(fateOf(CLONE, SEAT)).toEqual({ kind: "unfinished" });
  });

  test("is whole where it was started and customized, be it off now", () => {
    const history = { ...HISTORY, wasStarted: true, isCustomized: true };
    expect(fateOf({ ...CLONE, history, isOn: true }, SEAT)).toEqual({ kind: "whole" });
    expect(fateOf({ ...CLONE, history, isMarked: true }, SEAT)).toEqual({ kind: "whole" });
    expect(reason({ history: { ...history, isCustomized: false } }, { customized: false })).toBe("whole");
  });

  test.each<[string, Partial<NamedMachine>, RegExp]>([
    ["a template", { isTemplate: true }, /^it is a template$/],
    ["still being made", { isBusy: true }, /still at work/],
    ["not seen in full", { uuid: "" }, /still at work/],
    ["elsewhere", { path: "Old/mi-ana-0001" }, /not where the machine belongs, milan\/anagrafe/],
    ["older than vCenter's events", { history: undefined }, /events do not tell/],
    ["of another template", { history: { ...HISTORY, source: "win10" } }, /made from win10, and not from win11$/],
    ["running without an event", { isOn: true }, /no event tells of its start/],
    ["with a snapshot", { hasSnapshot: true }, /^it has a snapshot$/],
    ["with a holder or a secret", { isMarked: true }, /custom attribute or a first secret$/],
    ["started and not customized", { history: { ...HISTORY, wasStarted: true } }, /guest was not customized$/],
  ])("is left alone where it is %s", (_, machine, text) => {
    expect(reason(machine)).toMatch(text);
  });

  test("is an unfinished clone with guestinfo too where it has that from its first moment on, as a gateway", () => {
    expect(reason({ isMarked: true }, { marked: true })).toBe("unfinished");
  });

  test("is left alone where an adoption would cost it its data disk", () => {
    const history = { ...HISTORY, wasStarted: true, isCustomized: true };
    expect(reason({ history }, { losesDataDisk: true })).toMatch(/swap its data disk/);
    expect(reason({}, { losesDataDisk: true })).toBe("unfinished");
  });
});
