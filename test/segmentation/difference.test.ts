import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { changedPackets, difference } from "../../segmentation/difference";
import { portSet } from "../../segmentation/ports";
import { Reach } from "../../segmentation/reach";
import { cellsOf, has } from "../fixtures/cells";
import { addresses, networkPlans, planOf, ruleOf, segmentOf } from "../fixtures/network-plans";
import { passes, probesOf } from "../fixtures/packet-oracle";
import { runs } from "../fixtures/soak";

const RUNS = runs(60);
const SEGMENTS = [
  segmentOf("a", { machines: addresses("10.0.1.0/30"), vlan: 1 }),
  segmentOf("b", { machines: addresses("10.0.2.0/30"), vlan: 2 }),
];

function flow(id: string, ports: string, to = "10.0.2.0/30") {
  return ruleOf(id, { from: addresses("10.0.1.0/30"), to: addresses(to), ports: portSet([ports]) });
}

describe("what a change of a random plan opens and closes", () => {
  test("is what passes afterwards only, and before only, packet by packet", () => {
    fc.assert(
      fc.property(networkPlans, networkPlans, (before, after) => {
        const both = { before: new Reach(before, after), after: new Reach(after, before) };
        const { opened, closed } = changedPackets(both);
        const cellOf = cellsOf(both.before);
        const wrong = [...probesOf(before), ...probesOf(after)].filter((probe) => {
          const [was, is, cell] = [passes(before, probe, false), passes(after, probe, false), cellOf(probe)];
          return has(opened, cell) !== (is && !was) || has(closed, cell) !== (was && !is);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test("is nothing where nothing changed", () => {
    fc.assert(
      fc.property(networkPlans, (plan) => {
        expect(difference(plan, plan)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("what a change opens and closes", () => {
  const before = planOf({ segments: SEGMENTS, openings: [flow("web", "tcp/443")] });

  test("is told between places, with the ports and the flow", () => {
    const after = planOf({ segments: SEGMENTS, openings: [flow("web", "tcp/443"), flow("print", "tcp/9100")] });
    const opened = { from: "a", to: "b", effect: "opened", ports: ["tcp/9100"], by: ["print"], partial: false };
    expect(difference(before, after)).toEqual([opened]);
    expect(difference(after, before)).toEqual([{ ...opened, effect: "closed" }]);
  });

  test("is seen where a flow only gets more addresses", () => {
    const narrow = planOf({ segments: SEGMENTS, openings: [flow("web", "tcp/443", "10.0.2.0/32")] });
    expect(difference(narrow, before)).toMatchObject([{ effect: "opened", ports: ["tcp/443"], partial: true }]);
  });

  test("is nothing where another flow opens the same", () => {
    expect(difference(before, planOf({ segments: SEGMENTS, openings: [flow("portal", "tcp/443")] }))).toEqual([]);
  });

  test("counts a block", () => {
    const blocks = [ruleOf("quarantine", { from: addresses("10.0.1.1/32"), to: addresses("0.0.0.0/0") })];
    const after = planOf({ segments: SEGMENTS, openings: [flow("web", "tcp/443")], blocks });
    expect(difference(before, after)).toMatchObject([
      { from: "a", to: "b", effect: "closed", by: ["web"], partial: true },
    ]);
  });

  test("names what is in no place by the flow's ends", () => {
    const openings = [
      ...before.openings,
      { ...flow("out", "tcp/80", "192.0.2.7/32"), fromName: "a", toName: "mirror" },
    ];
    expect(difference(before, planOf({ segments: SEGMENTS, openings }))).toEqual([
      { from: "a", to: "mirror", effect: "opened", ports: ["tcp/80"], by: ["out"], partial: true },
    ]);
  });
});
