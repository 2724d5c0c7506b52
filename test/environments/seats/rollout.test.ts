import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { percentile, shareOf, versionOf } from "../../../environments/seats/rollout";
import type { Rollout } from "../../../environments/model/rollout";
import { seatName } from "../../../environments/seats/seats";

const ROLLOUT: Rollout = { to: "2026.11", canaryPercent: 5, batches: [25, 50], state: "canary", stopAtPercent: 10 };
const SEATS = Array.from({ length: 2000 }, (_, index) => seatName("mi", "edu", index + 1));

function renewed(state: string, rollout: Partial<Rollout> = {}): string[] {
  const pool = { imageVersion: "2026.10", rollout: { ...ROLLOUT, ...rollout, state } };
  return SEATS.filter((seat) => versionOf(pool, seat) === "2026.11");
}

function renewedTo(to: string): string[] {
  const pool = { imageVersion: "2026.10", rollout: { ...ROLLOUT, to } };
  return SEATS.filter((seat) => versionOf(pool, seat) === to);
}

describe("a rollout", () => {
  test.each([
    ["canary", 5],
    ["batch-1", 25],
    ["batch-2", 50],
    ["promoted", 100],
    ["rolled-back", 0],
  ])("in the state %s is at %p percent", (state, share) => {
    expect(shareOf({ ...ROLLOUT, state })).toBe(share);
  });

  test("takes about its share of the seats, all of them once promoted, none once rolled back", () => {
    expect(renewed("canary").length).toBeGreaterThan(60);
    expect(renewed("canary").length).toBeLessThan(140);
    expect(renewed("promoted")).toEqual(SEATS);
    expect(renewed("rolled-back")).toEqual([]);
  });

  test("only adds seats as its share grows", () => {
    const percent = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(percent, percent, (a, b) => {
        const smaller = renewed("canary", { canaryPercent: Math.min(a, b) });
        const larger = new Set(renewed("canary", { canaryPercent: Math.max(a, b) }));
        expect(smaller.filter((seat) => !larger.has(seat))).toEqual([]);
      }),
    );
  });

  test("without one a pool has its imageVersion", () => {
    expect(versionOf({ imageVersion: "2026.10" }, "mi-edu-0001")).toBe("2026.10");
  });

  test("takes others first with another version", () => {
    const next = new Set(renewedTo("2026.12"));
    const both = renewedTo("2026.11").filter((seat) => next.has(seat));
    // Of two independent five percent of 2,000 seats about five are the same ones.
    expect(both.length).toBeLessThan(25);
  });

  test("takes the seats of its ring first, whatever its share", () => {
    const ring = [7, "1998-2000"];
    const seats = [7, 1998, 1999, 2000].map((number) => seatName("mi", "edu", number));
    expect(renewed("canary", { canaryPercent: undefined, ring })).toEqual(seats);
    const canaries = new Set([...renewed("canary"), ...seats]);
    expect(renewed("canary", { ring })).toEqual(SEATS.filter((seat) => canaries.has(seat)));
    expect(renewed("batch-1", { ring })).toEqual(expect.arrayContaining(seats));
    expect(renewed("rolled-back", { ring })).toEqual([]);
  });

  test("finds the same canaries in every release: another hash would move people from one image to the other", () => {
    expect(percentile("mi-edu-0001", "2026.11")).toBeCloseTo(0.127837, 6);
  });
});
