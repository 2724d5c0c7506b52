import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DeployedCity } from "../../environments/model/city";
import type { Gates, Waiver } from "../../environments/model/gates";
import { askGates } from "../../preview/gates";
import { heldReview, reviewFindings } from "../../preview/review";
import { deployedSample } from "../fixtures/deployed";

function cityWith(gates: Gates, waivers: readonly Waiver[] = [], asOf = "2026-11-24"): DeployedCity {
  return { ...deployedSample(), asOf, review: { gates, waivers: [...waivers] } };
}

function waiver(until = "2026-12-31"): Waiver {
  return { gate: "destroyed", scope: "sample-network", reason: "A new office", owner: "M. Rossi", until };
}

describe("a change that loosens its own gates", () => {
  test.each<[string, Gates, Gates, string]>([
    ["takes one away", { destroyed: true }, {}, "true becomes nothing"],
    ["allows more seats", { restarted: { seats: 5 } }, { restarted: { seats: 6 } }, "seats: 5 becomes seats: 6"],
    ["allows any share", { replaced: { seats: 5, percent: 1 } }, { replaced: { seats: 5 } }, "becomes seats: 5"],
    [
      "trades a share for a number",
      { replaced: { percent: 1 } },
      { replaced: { seats: 9 } },
      "percent: 1 becomes seats: 9",
    ],
    ["wants less space", { capacityPercent: 10 }, { capacityPercent: 9 }, "10 becomes 9"],
    ["takes a share away", { restarted: { seats: 5 } }, {}, "seats: 5 becomes nothing"],
  ])("%s: it is said and the former one holds", (_, before, after, text) => {
    const [base, wanted] = [cityWith(before), cityWith(after)];
    expect(reviewFindings(base, wanted)).toMatchObject([{ gate: "review", text: expect.stringContaining(text) }]);
    expect(heldReview(base, wanted).review.gates).toMatchObject(before);
    const { closed } = askGates(wanted, { pools: [], stacks: [], file: null, base });
    expect(closed).toMatchObject([{ gate: "review" }]);
  });

  test("may make them stricter, and is held to that at once", () => {
    const [base, wanted] = [cityWith({ capacityPercent: 5 }), cityWith({ capacityPercent: 9, drift: true })];
    expect(reviewFindings(base, wanted)).toEqual([]);
    expect(heldReview(base, wanted).review.gates).toEqual({ capacityPercent: 9, drift: true });
  });

  test("is held to whichever is stricter of each gate, and is told each that it loosens, for every two versions", () => {
    const share = fc.oneof(
      fc.record({ seats: fc.nat(3) }),
      fc.record({ percent: fc.nat(3) }),
      fc.record({ seats: fc.nat(3), percent: fc.nat(3) }),
    );
    const gates = fc.record(
      { restarted: share, capacityPercent: fc.nat(3), drift: fc.constant(true as const) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(gates, gates, fc.nat(4), fc.nat(4), (before, after, seats, free) => {
        const held = heldReview(cityWith(before), cityWith(after)).review.gates;
        for (const one of [before, after]) expect(stops(held, seats, free) || !stops(one, seats, free)).toBe(true);
        const loosened = reviewFindings(cityWith(before), cityWith(after));
        const opens = stops(before, seats, free) && !stops(after, seats, free);
        expect(loosened.length > 0 || !opens).toBe(true);
      }),
    );
  });
});

/** What gates say of so many seats of a hundred that restart, and so much that stays free. */
function stops({ restarted, capacityPercent = 0 }: Gates, seats: number, free: number): boolean {
  const tooMany = seats > (restarted?.seats ?? Infinity) || seats > (restarted?.percent ?? Infinity);
  return tooMany || free < capacityPercent;
}

describe("a waiver", () => {
  test("that the change adds opens nothing, and closes a gate that is shown first", () => {
    const [base, wanted] = [cityWith({ destroyed: true }), cityWith({ destroyed: true }, [waiver()])];
    expect(heldReview(base, wanted).review.waivers).toEqual([]);
    expect(reviewFindings(base, wanted)).toMatchObject([
      { gate: "review", scope: "destroyed sample-network", path: ["review", "waivers", 0] },
    ]);
  });

  test("counts once the branch has it", () => {
    const city = cityWith({ destroyed: true }, [waiver()]);
    expect(heldReview(city, city).review.waivers).toEqual([waiver()]);
    expect(reviewFindings(city, city)).toEqual([]);
  });

  test("that the change lengthens ends when it ended before", () => {
    const [base, wanted] = [
      cityWith({ destroyed: true }, [waiver("2026-11-30")]),
      cityWith({ destroyed: true }, [waiver()]),
    ];
    expect(heldReview(base, wanted).review.waivers).toEqual([waiver("2026-11-30")]);
    expect(reviewFindings(base, wanted)).toMatchObject([
      { text: expect.stringContaining("lengthened from 2026-11-30") },
    ]);
  });

  test("that the change has somebody else answer for, or for another reason, is one of its own", () => {
    const base = cityWith({ destroyed: true }, [waiver()]);
    for (const other of [{ owner: "A. Bianchi" }, { reason: "Nobody asked" }]) {
      const wanted = cityWith({ destroyed: true }, [{ ...waiver(), ...other }]);
      expect(heldReview(base, wanted).review.waivers).toEqual([]);
      expect(reviewFindings(base, wanted)).toMatchObject([{ gate: "review" }]);
    }
  });

  test("that has lapsed is not brought back by a day before", () => {
    const waivers = [waiver("2026-11-23")];
    const [base, wanted] = [
      cityWith({ destroyed: true }, waivers),
      cityWith({ destroyed: true }, waivers, "2026-11-01"),
    ];
    expect(heldReview(base, wanted).asOf).toBe("2026-11-24");
    expect(reviewFindings(base, wanted)).toMatchObject([{ gate: "review", scope: "asOf" }]);
  });

  test("of a city that the branch does not have counts by itself", () => {
    const wanted = cityWith({ destroyed: true }, [waiver()]);
    expect(heldReview(undefined, wanted).review.waivers).toEqual([waiver()]);
  });
});
