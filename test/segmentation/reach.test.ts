import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MANAGEMENT_PATH } from "../../segmentation/plan";
import type { NetworkPlan, PortKind } from "../../segmentation/plan";
import { portSet } from "../../segmentation/ports";
import { ANY, Reach } from "../../segmentation/reach";
import { cellsOf, has } from "../fixtures/cells";
import { addresses, networkPlans, planOf, ruleOf, segmentOf } from "../fixtures/network-plans";
import { counts, opens, passes, passesLayer2, probesOf } from "../fixtures/packet-oracle";
import { runs } from "../fixtures/soak";

const RUNS = runs(100);

/** The words of every way of one named end to another on one port. */
function ways(reach: Reach, from: string, to: string, port = "tcp/443", emergency = false): string[] {
  return reach.waysOf(reach.between(from, to, [port]), emergency).map(({ text }) => text);
}

/** Two segments with a machine each in one VLAN. */
function pair(a: PortKind, b: PortKind, vlan = 10): NetworkPlan {
  return planOf({
    segments: [
      segmentOf("a", { ports: a, machines: addresses("10.0.1.0/30") }),
      segmentOf("b", { ports: b, machines: addresses("10.0.2.0/30"), vlan }),
    ],
  });
}

describe("the analysis of a random plan", () => {
  test("opens and closes just the packets that pass and do not pass one by one", () => {
    fc.assert(
      fc.property(networkPlans, fc.boolean(), (plan, emergency) => {
        const reach = new Reach(plan);
        const cellOf = cellsOf(reach);
        const all = reach.between(ANY, ANY, ["any"]);
        const open = reach.waysOf(all, emergency).flatMap(({ packets }) => packets);
        const closed = [...reach.closed(all, emergency)];
        const wrong = probesOf(plan).filter((probe) => {
          const [cell, expected] = [cellOf(probe), passes(plan, probe, emergency)];
          return has(open, cell) !== expected || has(closed, cell) === expected;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("says of each way just the packets that take it", () => {
    fc.assert(
      fc.property(networkPlans, fc.boolean(), (plan, emergency) => {
        const reach = new Reach(plan);
        const cellOf = cellsOf(reach);
        const found = reach.waysOf(reach.between(ANY, ANY, ["any"]), emergency);
        const direct = found.filter(({ rule }) => rule === undefined).flatMap(({ packets }) => packets);
        const through = new Map(found.map(({ rule, packets }) => [rule, packets]));
        const wrong = probesOf(plan).filter((probe) => {
          const cell = cellOf(probe);
          const openings = plan.openings.filter((rule) => counts(rule, emergency));
          return (
            has(direct, cell) !== passesLayer2(plan, probe) ||
            openings.some((rule) => has(through.get(rule.id) ?? [], cell) !== opens(plan, rule, probe))
          );
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("asked for some packets, answers for no others", () => {
    fc.assert(
      fc.property(networkPlans, (plan) => {
        const reach = new Reach(plan);
        const cellOf = cellsOf(reach);
        const names = [...plan.endpoints.keys()];
        const asked = reach.between(names[0] ?? ANY, names.at(-1) ?? ANY, ["tcp/440-450", "udp/53"]);
        const answered = [...reach.waysOf(asked).flatMap(({ packets }) => packets), ...reach.closed(asked)];
        const wrong = probesOf(plan).filter((probe) => {
          const cell = cellOf(probe);
          return has(answered, cell) !== has(asked, cell);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

describe("layer 2", () => {
  const KINDS: readonly PortKind[] = ["promiscuous", "isolated", "community", "ordinary"];

  test.each<[PortKind, PortKind, boolean]>([
    ["promiscuous", "promiscuous", true],
    ["promiscuous", "isolated", true],
    ["promiscuous", "community", true],
    ["isolated", "promiscuous", true],
    ["community", "promiscuous", true],
    ["isolated", "isolated", false],
    ["isolated", "community", false],
    ["community", "isolated", false],
    ["community", "community", false],
    ["ordinary", "ordinary", true],
  ])("leads from %s to %s ports of another segment of the VLAN: %j", (a, b, leads) => {
    expect(ways(new Reach(pair(a, b)), "a", "b")).toHaveLength(leads ? 1 : 0);
  });

  test("leads from a segment to itself unless it is isolated", () => {
    const leads = KINDS.filter((kind) => ways(new Reach(pair(kind, kind, 20)), "a", "a").length > 0);
    expect(leads).toEqual(["promiscuous", "community", "ordinary"]);
  });

  test("leads into no other VLAN, whatever the ports are", () => {
    const leads = KINDS.filter((kind) => ways(new Reach(pair(kind, "promiscuous", 20)), "a", "b").length > 0);
    expect(leads).toEqual([]);
  });

  test("is named with its segments and its VLAN", () => {
    const reach = new Reach(pair("promiscuous", "isolated"));
    expect(ways(reach, "a", "b")).toEqual(['layer 2: "a" and "b" share the VLAN 10']);
    expect(ways(reach, "a", "a")).toEqual(['layer 2: the machines of "a" share the VLAN 10']);
  });

  test("of an external segment is unknown: nothing is said of it", () => {
    const external = planOf({ segments: [segmentOf("a", { machines: addresses("10.0.1.0/30"), external: true })] });
    expect(ways(new Reach(external), "a", "a")).toEqual([]);
  });

  test("is closed by no block: no firewall sees it", () => {
    const [from, to] = [addresses("10.0.1.0/30"), addresses("10.0.1.0/30")];
    const plan = { ...pair("ordinary", "ordinary", 20), blocks: [ruleOf("quarantine", { from, to })] };
    expect(ways(new Reach(plan), "a", "a")).toHaveLength(1);
  });
});

describe("an opening", () => {
  const ends = { from: addresses("10.0.1.0/30"), to: addresses("10.0.2.0/30"), ports: portSet(["tcp/440-445"]) };
  const plan = (change: Partial<NetworkPlan>): NetworkPlan => ({ ...pair("isolated", "isolated", 20), ...change });

  test("is of one direction, one protocol and its ports, with first and last", () => {
    const reach = new Reach(plan({ openings: [ruleOf("web", ends)] }));
    const ports = ["tcp/439", "tcp/440", "tcp/445", "tcp/446", "udp/440", "icmp"];
    expect(ports.filter((port) => ways(reach, "a", "b", port).length > 0)).toEqual(["tcp/440", "tcp/445"]);
    expect(ways(reach, "b", "a", "tcp/440")).toEqual([]);
    expect(ways(reach, "a", "b", "tcp/440")).toEqual(["flow web"]);
  });

  test("that is prepared for an emergency counts in one alone", () => {
    const reach = new Reach(plan({ openings: [ruleOf("web", { ...ends, active: false })] }));
    expect(ways(reach, "a", "b")).toEqual([]);
    expect(ways(reach, "a", "b", "tcp/443", true)).toEqual(["flow web"]);
    expect([...reach.closed(reach.between("a", "b", ["tcp/443"]), true)]).toEqual([]);
  });

  test("opens nothing that a block closes, and the management path everything", () => {
    const blocks = [ruleOf("half", { ...ends, ports: portSet(["tcp/443-500"]) })];
    const openings = [ruleOf("web", ends)];
    const blocked = new Reach(plan({ openings, blocks }));
    expect([ways(blocked, "a", "b", "tcp/442"), ways(blocked, "a", "b", "tcp/443")]).toEqual([["flow web"], []]);
    expect(blocked.blockOf(blocked.between("a", "b", ["tcp/443"]))?.id).toBe("half");
    expect(blocked.blockOf(blocked.between("a", "b", ["tcp/442"]))).toBeUndefined();
    const path = new Reach(plan({ openings: [ruleOf(MANAGEMENT_PATH, ends)], blocks }));
    expect(ways(path, "a", "b", "tcp/443")).toEqual([`flow ${MANAGEMENT_PATH}`]);
  });

  test("between two ends outside opens nothing: what passes there never comes by", () => {
    const [from, to] = [addresses("192.0.2.0/24"), addresses("10.0.2.0/30", "198.51.100.0/24")];
    const endpoints = new Map([
      ["from", from],
      ["elsewhere", addresses("198.51.100.0/24")],
    ]);
    const reach = new Reach(planOf({ ...plan({}), endpoints, openings: [ruleOf("web", { from, to })] }));
    expect(ways(reach, "from", "b")).toEqual(["flow web"]);
    expect(ways(reach, "from", "elsewhere")).toEqual([]);
  });

  test("leads to the gateways' own addresses, which are in no segment", () => {
    const gateways = addresses("10.0.9.2/31");
    const path = ruleOf(MANAGEMENT_PATH, { from: addresses("192.0.2.1"), to: gateways });
    const endpoints = new Map([
      ["administrators", addresses("192.0.2.1")],
      ["gateways", gateways],
    ] as const);
    const reach = new Reach(planOf({ gateways, endpoints, openings: [path] }));
    expect(ways(reach, "administrators", "gateways")).toEqual([`flow ${MANAGEMENT_PATH}`]);
  });

  test("between an unknown name and any other is about nothing", () => {
    const reach = new Reach(plan({ openings: [ruleOf("web", ends)] }));
    expect(reach.between("nowhere", "b", ["any"])).toEqual([]);
    expect(reach.addressesOf("nowhere").isEmpty).toBe(true);
  });
});
