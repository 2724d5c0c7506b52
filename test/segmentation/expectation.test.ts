import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { reached, unreached } from "../../segmentation/expectation";
import type { Expectation } from "../../segmentation/expectation";
import { NONE } from "../../segmentation/intervals";
import { MANAGEMENT_PATH } from "../../segmentation/plan";
import type { NetworkPlan } from "../../segmentation/plan";
import { portSet } from "../../segmentation/ports";
import { ANY, Reach } from "../../segmentation/reach";
import { addresses, networkPlans, planOf, ruleOf, segmentOf } from "../fixtures/network-plans";
import { isAbout, opens, passes, passesLayer2, probeOf, probesOf } from "../fixtures/packet-oracle";
import type { Probe } from "../fixtures/packet-oracle";
import { runs } from "../fixtures/soak";

const RUNS = runs(150);

/** A random plan and an expectation of two of its ends. */
const expectations = networkPlans.chain((plan) => {
  const ends = fc.constantFrom(...plan.endpoints.keys(), ANY);
  const port = fc.constantFrom("any", "tcp/443", "tcp/439-446", "udp/any", "icmp");
  return fc.record({ plan: fc.constant(plan), expectation: fc.record({ from: ends, to: ends, port }) });
});

function isMeant(reach: Reach, { from, to, port }: Expectation, probe: Probe): boolean {
  const ends = reach.addressesOf(from).includes(probe.from) && reach.addressesOf(to).includes(probe.to);
  return ends && portSet([port]).includes(probe.port);
}

/** The packets of an expectation; its own ports are sampled beside the rules'. */
function meant(plan: NetworkPlan, expectation: Expectation): Probe[] {
  const reach = new Reach(plan);
  const sampled = ruleOf("sampled", { from: NONE, to: NONE, ports: portSet([expectation.port]) });
  return probesOf({ ...plan, blocks: [...plan.blocks, sampled] }).filter((probe) => isMeant(reach, expectation, probe));
}

describe("what must be reached", () => {
  test("fails exactly where a packet of it is kept out, and its witness is such a packet", () => {
    fc.assert(
      fc.property(expectations, ({ plan, expectation }) => {
        const reach = new Reach(plan);
        const failure = unreached(reach, expectation);
        const keptOut = meant(plan, expectation).filter((probe) => !passes(plan, probe, false));
        expect(failure !== undefined).toBe(keptOut.length > 0);
        if (failure === undefined) return;
        const witness = probeOf(failure.witness);
        expect(isMeant(reach, expectation, witness)).toBe(true);
        expect(passes(plan, witness, false)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("names a block only where it closes the witness, which an opening would let through", () => {
    fc.assert(
      fc.property(expectations, ({ plan, expectation }) => {
        const failure = unreached(new Reach(plan), expectation);
        if (failure === undefined) return;
        const witness = probeOf(failure.witness);
        const opening = plan.openings.some((rule) => rule.active && isAbout(plan, rule, witness));
        const block = plan.blocks.find((rule) => isAbout(plan, rule, witness));
        expect(failure.rule).toBe(opening ? block?.id : undefined);
        expect(failure.because).toBe(opening ? `block ${block?.id ?? "?"}` : "no flow opens it");
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

describe("what must not be reached", () => {
  test("fails exactly where a packet of it passes, in an emergency too, and its witness is such a packet", () => {
    fc.assert(
      fc.property(expectations, ({ plan, expectation }) => {
        const reach = new Reach(plan);
        const failure = reached(reach, expectation);
        const passing = meant(plan, expectation).filter((probe) => passes(plan, probe, true));
        expect(failure !== undefined).toBe(passing.length > 0);
        if (failure === undefined) return;
        const witness = probeOf(failure.witness);
        expect(isMeant(reach, expectation, witness)).toBe(true);
        expect(passes(plan, witness, true)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("names what lets the witness through, and the emergency only where nothing passes without it", () => {
    fc.assert(
      fc.property(expectations, ({ plan, expectation }) => {
        const failure = reached(new Reach(plan), expectation);
        if (failure === undefined) return;
        const witness = probeOf(failure.witness);
        const opening = plan.openings.find(({ id }) => id === failure.rule);
        expect(opening === undefined ? passesLayer2(plan, witness) : opens(plan, opening, witness)).toBe(true);
        const everyDay = meant(plan, expectation).some((probe) => passes(plan, probe, false));
        expect(failure.because.endsWith(", once the emergency is active")).toBe(!everyDay);
        expect(failure.because).toContain(opening === undefined ? "layer 2" : `flow ${opening.id}`);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

describe("a failure", () => {
  const [from, to] = [addresses("10.0.1.0/30"), addresses("10.0.2.0/30")];
  const segments = [segmentOf("a", { machines: from }), segmentOf("b", { machines: to, vlan: 20 })];
  const web = ruleOf("web", { from, to, ports: portSet(["tcp/443"]) });
  const quarantine = ruleOf("quarantine", { from, to });
  const plan = (change: Partial<NetworkPlan>) => new Reach(planOf({ segments, ...change }));

  test("of a mustReach says that nothing opens it, or which block closes it", () => {
    const https = { from: "a", to: "b", port: "tcp/443" };
    const witness = { from: "10.0.1.0", to: "10.0.2.0", port: "tcp/443" };
    expect(unreached(plan({}), https)).toEqual({ witness, because: "no flow opens it" });
    expect(unreached(plan({ openings: [web] }), https)).toBeUndefined();
    expect(unreached(plan({ openings: [web], blocks: [quarantine] }), https)).toEqual({
      witness,
      because: "block quarantine",
      rule: "quarantine",
    });
  });

  test("of a mustReach blames no block for a port that no flow opens, though it closes another", () => {
    const ports = { from: "a", to: "b", port: "tcp/442-443" };
    expect(unreached(plan({ openings: [web], blocks: [quarantine] }), ports)).toEqual({
      witness: { from: "10.0.1.0", to: "10.0.2.0", port: "tcp/442" },
      because: "no flow opens it",
    });
  });

  test("of a mustNotReach says which flow opens it, or which VLAN the two share", () => {
    const all = { from: "a", to: "b", port: "any" };
    expect(reached(plan({}), all)).toBeUndefined();
    expect(reached(plan({ openings: [web] }), all)).toEqual({
      witness: { from: "10.0.1.0", to: "10.0.2.0", port: "tcp/443" },
      because: "flow web",
      rule: "web",
    });
    expect(reached(plan({}), { from: "a", to: "a", port: "udp/any" })).toEqual({
      witness: { from: "10.0.1.0", to: "10.0.1.1", port: "udp/1" },
      because: 'layer 2: the machines of "a" share the VLAN 10',
    });
  });

  test("of a mustNotReach comes before the emergency that would make it", () => {
    const prepared = plan({ openings: [{ ...web, active: false }] });
    expect(unreached(prepared, { from: "a", to: "b", port: "tcp/443" })?.because).toBe("no flow opens it");
    expect(reached(prepared, { from: "a", to: "b", port: "tcp/443" })).toMatchObject({
      because: "flow web, once the emergency is active",
      rule: "web",
    });
  });

  test("of a mustNotReach looks through no block at the management path, which stays open", () => {
    const path = plan({ openings: [{ ...web, id: MANAGEMENT_PATH }], blocks: [quarantine] });
    expect(reached(path, { from: "a", to: "b", port: "any" })).toMatchObject({ rule: MANAGEMENT_PATH });
    expect(unreached(path, { from: "a", to: "b", port: "tcp/443" })).toBeUndefined();
  });
});
