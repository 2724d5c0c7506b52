import { describe, expect, test } from "@jest/globals";
import { driftMarkdown } from "../../preview/drift-markdown";
import { driftReport } from "../../preview/drift-report";
import { othersChanges } from "../../preview/others-changes";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

type Values = Readonly<Record<string, unknown>>;

const SYSTEM = { label: "disk0", size: 80, path: "s/s.vmdk" };

function changed(before: Values, after: Values, more: Partial<PlanEntry> = {}): PlanEntry {
  return { actions: ["update"], key: "mi-ana-0001", before, after, ...more };
}

function told(before: Values, after: Values, planned: readonly PlanEntry[] = []): string[] {
  return othersChanges(planOf(planned, {}, [changed(before, after)])).flatMap(({ what }) => what);
}

describe("what others did to a machine", () => {
  test.each<[string, Values, Values]>([
    ["tags of others", { tags: ["a"] }, { tags: ["a", "b"] }],
    ["custom attributes of others", { custom_attributes: null }, { custom_attributes: { "301": "Success" } }],
    ["its note", { annotation: "MI6" }, { annotation: "backed up" }],
    ["its CD-ROM drive", { cdrom: [] }, { cdrom: [{ key: 3000, path: "tools.iso" }] }],
    ["it runs on another host", { host_system_id: "host-1" }, { host_system_id: "host-2" }],
    ["it is switched off", { power_state: "on" }, { power_state: "off" }],
    ["it is suspended", { power_state: "on" }, { power_state: "suspended" }],
    ["the size of disk0", { disk: [SYSTEM] }, { disk: [{ ...SYSTEM, size: 120 }] }],
    ["it has a snapshot", { disk: [SYSTEM] }, { disk: [{ ...SYSTEM, path: "s/s-000001.vmdk" }] }],
  ])("is told in words: %s", (what, before, after) => {
    expect(told(before, after)).toEqual([what]);
  });

  test("is not what the next deployment sets back: that is drift", () => {
    const [before, after] = [{ host_system_id: "host-1" }, { host_system_id: "host-2" }];
    expect(told(before, after, [changed(after, before)])).toEqual([]);
  });

  test("is not what nobody did: nothing in place of empty, a disk that moved, settings that vCenter fills in", () => {
    expect(told({ cdrom: null, tags: null, clone: null }, { cdrom: [], tags: [], clone: [] })).toEqual([]);
    expect(told({ disk: [SYSTEM] }, { disk: [{ ...SYSTEM, path: "t/s.vmdk" }] })).toEqual([]);
    expect(told({ change_version: "1", extra_config: null }, { change_version: "2", extra_config: {} })).toEqual([]);
  });

  test("is of other objects their tags and custom attributes alone", () => {
    const folder = changed({ tags: [], annotation: "a" }, { tags: ["b"], annotation: "b" }, { type: "vsphere_folder" });
    expect(othersChanges(planOf([], {}, [folder])).map(({ what }) => what)).toEqual([["tags of others"]]);
    const looked = changed({ tags: [] }, { tags: ["b"] }, { mode: "data" });
    expect(othersChanges(planOf([], {}, [looked]))).toEqual([]);
  });
});

describe("a report on drift", () => {
  const entries = Array.from({ length: 7 }, (_, seat) =>
    changed({ power_state: "on" }, { power_state: "off" }, { key: `mi-ana-000${String(seat + 1)}` }),
  );
  const report = driftReport(
    deployedSample(),
    [{ stack: "sample-desktops-a-01", plan: planOf([], {}, entries) }],
    new Date(0),
  );

  test("lists what others did and is none all the same, without a value of it", () => {
    expect(report).toMatchObject({
      result: "none",
      stacks: [{ drift: [], others: entries.map(({ key }) => ({ key })) }],
    });
    const noted = planOf([], {}, [changed({ annotation: "MI6" }, { annotation: "call 0123 456" })]);
    expect(JSON.stringify(driftReport(deployedSample(), [{ stack: "a", plan: noted }], new Date(0)))).not.toMatch(
      /MI6|0123/,
    );
  });

  test("as Markdown says each once, and of which machines", () => {
    const shown = driftMarkdown(report, "C");
    expect(shown).toContain("### Changed by others, and left so");
    expect(shown).toContain(
      "it is switched off | `mi-ana-0001`, `mi-ana-0002`, `mi-ana-0003`, `mi-ana-0004`, `mi-ana-0005`, 2 others |",
    );
  });
});
