import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findingsOf } from "../../segmentation/findings";
import type { RuleFinding } from "../../segmentation/findings";
import { MANAGEMENT_PATH } from "../../segmentation/plan";
import type { NetworkPlan, Rule } from "../../segmentation/plan";
import { portSet } from "../../segmentation/ports";
import { Reach } from "../../segmentation/reach";
import { addresses, networkPlans, planOf, ruleOf, segmentOf } from "../fixtures/network-plans";
import { counts, opens, passes, probesOf } from "../fixtures/packet-oracle";
import type { Probe } from "../fixtures/packet-oracle";
import { runs } from "../fixtures/soak";

const RUNS = runs(100);
const [A, B] = [addresses("10.0.1.0/24"), addresses("10.0.2.0/24")];
const SEGMENTS = [segmentOf("a", { machines: A }), segmentOf("b", { machines: B, vlan: 20 })];

/** A flow from the segment a to the segment b on some ports. */
function flow(id: string, ports: readonly string[], change: Partial<Rule> = {}): Rule {
  return ruleOf(id, { from: A, to: B, ports: portSet(ports), ...change });
}

function findings(openings: readonly Rule[], change: Partial<NetworkPlan> = {}): RuleFinding[] {
  return findingsOf(new Reach(planOf({ segments: SEGMENTS, openings, ...change })));
}

/** The plan without the rules that are said to be redundant or shadowed. */
function tidied(plan: NetworkPlan): NetworkPlan {
  const found = findingsOf(new Reach(plan)).filter(({ kind }) => kind !== "over-wide");
  const gone = new Set(found.map(({ rule }) => rule));
  return { ...plan, openings: plan.openings.filter(({ id }) => !gone.has(id)) };
}

function open(plan: NetworkPlan, probes: readonly Probe[], emergency: boolean): boolean[] {
  return probes.map((probe) => passes(plan, probe, emergency));
}

describe("the rules that are said to be shadowed or redundant", () => {
  test("open nothing: without all of them at once the same packets pass, every day and in an emergency", () => {
    fc.assert(
      fc.property(networkPlans, (plan) => {
        const [less, probes] = [tidied(plan), probesOf(plan)];
        expect(open(less, probes, false)).toEqual(open(plan, probes, false));
        expect(open(less, probes, true)).toEqual(open(plan, probes, true));
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("are all of them: without any other, something is closed", () => {
    fc.assert(
      fc.property(networkPlans, (plan) => {
        const [less, probes] = [tidied(plan), probesOf(plan)];
        const needless = less.openings.filter((rule) => {
          if (rule.id === MANAGEMENT_PATH) return false;
          const without = { ...less, openings: less.openings.filter((one) => one !== rule) };
          const emergency = !rule.active;
          return probes.every((probe) => passes(without, probe, emergency) === passes(less, probe, emergency));
        });
        expect(needless.map(({ id }) => id)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("are shadowed exactly where they let no packet through", () => {
    fc.assert(
      fc.property(networkPlans, (plan) => {
        const probes = probesOf(plan);
        const shadowed = findingsOf(new Reach(plan)).filter(({ kind }) => kind === "shadowed");
        const closed = plan.openings.filter(
          (rule) =>
            rule.id !== MANAGEMENT_PATH && counts(rule, true) && !probes.some((probe) => opens(plan, rule, probe)),
        );
        expect(shadowed.map(({ rule }) => rule)).toEqual(closed.map(({ id }) => id));
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

describe("a shadowed flow", () => {
  test("is one that blocks close wholly, which are named", () => {
    const blocks = [flow("early", ["tcp/1-442"]), flow("late", ["tcp/443-65535"]), flow("other", ["udp/any"])];
    expect(findings([flow("web", ["tcp/440-450"])], { blocks })).toEqual([
      { rule: "web", kind: "shadowed", text: "all that it would open is closed by early, late" },
    ]);
    expect(findings([flow("web", ["tcp/440-450"])], { blocks: blocks.slice(1) })).toEqual([]);
  });

  test("is one whose ends have no address here, or none of one IP version", () => {
    const text = "it opens nothing: no packet has such ends";
    expect(findings([flow("web", ["tcp/443"], { to: addresses() })])).toEqual([
      { rule: "web", kind: "shadowed", text },
    ]);
    expect(findings([flow("web", ["tcp/443"], { to: addresses("fd00::1") })])).toEqual([
      { rule: "web", kind: "shadowed", text },
    ]);
    const elsewhere = { from: addresses("192.0.2.1"), to: addresses("198.51.100.1") };
    expect(findings([flow("web", ["tcp/443"], elsewhere)])).toEqual([{ rule: "web", kind: "shadowed", text }]);
  });
});

describe("a redundant flow", () => {
  const redundant = (rule: string, by: string) => ({
    rule,
    kind: "redundant",
    text: `all that it opens is open already by ${by}`,
  });

  test("is one that others open together, which are named", () => {
    const openings = [flow("all", ["tcp/440-450"]), flow("first", ["tcp/1-445"]), flow("rest", ["tcp/446-500"])];
    expect(findings(openings)).toEqual([redundant("all", "first, rest")]);
  });

  test("is the first of two that open the same: one of them has to stay", () => {
    expect(findings([flow("a", ["tcp/443"]), flow("b", ["tcp/443"])])).toEqual([redundant("a", "b")]);
  });

  test("is one that layer 2 passes already", () => {
    expect(findings([flow("web", ["tcp/443"], { to: A })])).toEqual([
      redundant("web", 'layer 2: the machines of "a" share the VLAN 10'),
    ]);
  });

  test("may be one that the management path opens, which itself is never one", () => {
    const openings = [flow("ssh", ["tcp/22"]), flow(MANAGEMENT_PATH, ["tcp/22"])];
    expect(findings(openings)).toEqual([redundant("ssh", MANAGEMENT_PATH)]);
  });

  test("of an emergency may be opened every day; one of every day needs more than an emergency", () => {
    const [everyDay, prepared] = [flow("a", ["tcp/443"]), flow("emergency.a", ["tcp/443"], { active: false })];
    expect(findings([everyDay, prepared])).toEqual([redundant("emergency.a", "a")]);
    expect(findings([flow("a", ["tcp/443"]), flow("b", ["tcp/440-450"], { active: false })])).toEqual([]);
  });

  test("is none where a single address, port or IP version is its own", () => {
    const wide = flow("wide", ["tcp/443"], { from: addresses("10.0.1.0/25") });
    expect(findings([flow("web", ["tcp/443"]), wide])).toEqual([redundant("wide", "web")]);
    expect(
      findings([
        flow("web", ["tcp/443-444"]),
        flow("other", ["tcp/443"], { to: addresses("10.0.2.0/24", "10.0.1.9") }),
      ]),
    ).toEqual([redundant("other", 'layer 2: the machines of "a" share the VLAN 10 and web')]);
    const outside = { to: addresses("10.0.2.0/24", "192.0.2.1") };
    expect(findings([flow("web", ["tcp/443"]), flow("wider", ["tcp/443"], outside)])).toEqual([
      redundant("web", "wider"),
    ]);
  });
});

describe("an over-wide flow", () => {
  const wide = (text: string) => ({ rule: "web", kind: "over-wide", text });

  test("opens more than a thousand ports", () => {
    expect(findings([flow("web", ["tcp/1-1001"])])).toEqual([wide("it opens 1,001 ports")]);
    expect(findings([flow("web", ["tcp/1-1000"])])).toEqual([]);
    expect(findings([flow("web", ["any"])])).toEqual([wide("it opens 131,071 ports")]);
  });

  test("opens more than sixteen ports from or to so wide a range as an IPv4 /8 or an IPv6 /32", () => {
    const internet = addresses("0.0.0.0/0");
    const [from, to] = [
      { from: internet, fromName: "internet" },
      { to: internet, toName: "internet" },
    ];
    expect(findings([flow("web", ["tcp/1-17"], from)])).toEqual([wide('it opens 17 ports to all of "internet"')]);
    expect(findings([flow("web", ["tcp/1-17"], to)])).toEqual([wide('it opens 17 ports of all of "internet"')]);
    expect(findings([flow("web", ["tcp/1-16"], to)])).toEqual([]);
    expect(findings([flow("web", ["tcp/1-17"], { to: addresses("10.0.2.0/24", "172.16.0.0/12") })])).toEqual([]);
    const six = segmentOf("six", { machines: addresses("fd00::/64"), vlan: 30 });
    const toSix = (range: string) =>
      findings([flow("web", ["tcp/1-17"], { from: six.machines, to: addresses(range), toName: "x" })], {
        segments: [six],
      });
    expect(toSix("2001:db8::/32")).toEqual([wide('it opens 17 ports of all of "x"')]);
    expect(toSix("2001:db8::/33")).toEqual([]);
  });

  test("is said beside what else is questionable, and never of the management path", () => {
    expect(findings([flow("web", ["tcp/any"]), flow(MANAGEMENT_PATH, ["any"])]).map(({ kind }) => kind)).toEqual([
      "redundant",
      "over-wide",
    ]);
  });
});
