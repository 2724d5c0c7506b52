import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { refreshFate, refreshMark } from "../../operations/refresh-plan";
import type { SeatUse } from "../../operations/refresh-plan";

const NOW = 1_000_000;
const [RETURN_MINUTES, BEFORE] = [30, NOW - 4000];
const FREE: SeatUse = {
  ...{ isOn: true, isJoined: true, mark: { times: 3, at: BEFORE }, snapshot: "current" },
  report: { sessions: 0, healthy: true, closed: false, at: NOW, used: 0 },
};
const report = (more: Partial<NonNullable<SeatUse["report"]>>): Partial<SeatUse> => ({
  report: { sessions: 0, healthy: true, closed: false, at: NOW, used: 0, ...more },
});
const fate = (more: Partial<SeatUse>, refresh: "revert" | "remake" = "revert") =>
  refreshFate({ ...FREE, ...more }, refresh, RETURN_MINUTES, NOW);
const left = report({ closed: true, used: NOW - 1900 });

describe("a seat of a pool that is brought back", () => {
  test.each<[string, Partial<SeatUse>, string]>([
    ["that nobody used is as new", {}, "clean"],
    ["without a snapshot gets one", { snapshot: undefined, mark: undefined }, "prepare"],
    ["whose machine was changed since gets another", { snapshot: "older" }, "prepare"],
    ["that has not joined yet waits", { snapshot: undefined, isJoined: false }, "unhealthy"],
    ["that is not healthy waits too", { snapshot: undefined, ...report({ healthy: false }) }, "unhealthy"],
    ["with a session is let alone, closed or not", report({ sessions: 1, closed: true, used: NOW }), "in-use"],
    ["that does not report too", { report: undefined }, "silent"],
    ["that somebody left is kept for him", report({ used: NOW - 60 }), "kept"],
    ["that closed is brought back", left, "revert"],
    ["that closed for a step that came to nothing is kept", report({ closed: true, used: NOW - 100 }), "kept"],
    ["that closed is brought back to what it was, too", { ...left, snapshot: "older" }, "revert"],
    ["that should have closed and did not is told", report({ used: NOW - 30 * 60 - 601 }), "open"],
    ["that was used before its snapshot could be taken is told", { ...left, snapshot: undefined }, "without"],
    [
      "that has what was left before it was brought back is told",
      report({ closed: true, used: BEFORE - 61 }),
      "stained",
    ],
    ["that is off is let alone", { isOn: false }, "off"],
    ["that is off in the middle of a step is started", { isOn: false, mark: "fresh" }, "start"],
    ["that shut down for its snapshot gets it", { isOn: false, mark: "fresh", snapshot: undefined }, "prepare"],
  ])("%s", (_, more, expected) => {
    expect(fate(more)).toBe(expected);
  });

  test("is never touched with a session, or without a report", () => {
    const seats = fc.record({
      isOn: fc.constant(true),
      isJoined: fc.boolean(),
      mark: fc.constantFrom<SeatUse["mark"]>(undefined, "fresh", { times: 1, at: BEFORE }),
      snapshot: fc.constantFrom<SeatUse["snapshot"]>(undefined, "current", "older"),
      report: fc.option(
        fc.record({
          ...{ sessions: fc.integer({ min: 1, max: 3 }), healthy: fc.boolean(), closed: fc.boolean() },
          ...{ at: fc.constant(NOW), used: fc.nat(NOW) },
        }),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(seats, fc.constantFrom("revert", "remake"), (seat, refresh) => {
        expect(["in-use", "silent"]).toContain(refreshFate(seat, refresh, RETURN_MINUTES, NOW));
      }),
    );
  });
});

test("a seat of a pool that is made anew needs no snapshot", () => {
  const without = { snapshot: undefined, mark: undefined };
  expect(fate(without, "remake")).toBe("clean");
  expect(fate({ ...without, ...left }, "remake")).toBe("remake");
  expect(fate({ ...without, ...report({ used: NOW - 60 }) }, "remake")).toBe("kept");
});

test("a mark is read as it was written, and nothing else", () => {
  const mark = (text: string) => refreshMark({ "guestinfo.postazioni.refresh": text });
  expect([mark("fresh"), mark("3 1796040000")]).toEqual(["fresh", { times: 3, at: 1_796_040_000 }]);
  expect([mark(""), mark("x 1"), mark("1"), mark("-1 5")]).toEqual([undefined, undefined, undefined, undefined]);
});
