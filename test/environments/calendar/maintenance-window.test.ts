import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { localTime } from "../../../environments/calendar/local-time";
import { instantOf, nextWindow, windowAt } from "../../../environments/calendar/maintenance-window";
import { WEEKDAYS } from "../../../environments/model/calendar";
import type { MaintenanceWindow } from "../../../environments/model/maintenance";

const ROME = { timeZone: "Europe/Rome" };
const at = (text: string): Date => new Date(text);
const windows = (...all: MaintenanceWindow[]) => ({ windows: all });
const friday: MaintenanceWindow = { days: ["fri"], start: "20:00", stop: "02:00" };

describe("a window", () => {
  test("is open from its start to its stop, over midnight too", () => {
    const span = { begins: at("2026-12-04T20:00+01:00"), ends: at("2026-12-05T02:00+01:00") };
    expect(windowAt(windows(friday), ROME, at("2026-12-04T19:59+01:00"))).toBeUndefined();
    expect(windowAt(windows(friday), ROME, at("2026-12-04T20:00+01:00"))).toEqual(span);
    expect(windowAt(windows(friday), ROME, at("2026-12-05T01:59+01:00"))).toEqual(span);
    expect(windowAt(windows(friday), ROME, at("2026-12-05T02:00+01:00"))).toBeUndefined();
  });

  test("is the one that ends last, where two are open", () => {
    const later: MaintenanceWindow = { days: ["sat"], start: "00:00", stop: "05:00" };
    const open = windowAt(windows(friday, later), ROME, at("2026-12-05T01:00+01:00"));
    expect(open?.ends).toEqual(at("2026-12-05T05:00+01:00"));
  });

  test("comes again within a week", () => {
    const next = (text: string) => nextWindow(windows(friday), ROME, at(text))?.begins;
    expect(next("2026-11-30T12:00+01:00")).toEqual(at("2026-12-04T20:00+01:00"));
    expect(next("2026-12-04T20:00+01:00")).toEqual(at("2026-12-11T20:00+01:00"));
  });

  test("has an hour less in the night in which clocks go forward, and an hour more in the other", () => {
    const saturday = windows({ days: ["sat"], start: "23:00", stop: "05:00" });
    const hours = (text: string): number => {
      const { begins, ends } = windowAt(saturday, ROME, at(text)) ?? { begins: at(text), ends: at(text) };
      return (ends.getTime() - begins.getTime()) / 3_600_000;
    };
    expect(hours("2027-03-27T23:30+01:00")).toBe(5);
    expect(hours("2026-10-24T23:30+02:00")).toBe(7);
    expect(hours("2026-12-05T23:30+01:00")).toBe(6);
  });

  test("begins an hour later where the clock leaves its start out, and at the first of two such times", () => {
    const gone = windows({ days: ["sun"], start: "02:15", stop: "02:45" });
    expect(nextWindow(gone, ROME, at("2027-03-27T12:00+01:00"))?.begins).toEqual(at("2027-03-28T03:15+02:00"));
    expect(instantOf("2026-10-25", "02:30", ROME)).toEqual(at("2026-10-25T02:30+02:00"));
  });

  test("is open exactly while the clock shows it, on all days without a change of clock", () => {
    const minute = fc
      .integer({ min: 0, max: 60 * 24 * 90 })
      .map((minutes) => new Date(Date.UTC(2026, 10, 2) + minutes * 60_000));
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    fc.assert(
      fc.property(minute, fc.subarray([...WEEKDAYS], { minLength: 1 }), time, time, (now, days, start, stop) => {
        fc.pre(start < stop);
        const clock = localTime(now, ROME);
        const shown = days.includes(clock.weekday) && start <= clock.time && clock.time < stop;
        expect(windowAt(windows({ days, start, stop }), ROME, now) !== undefined).toBe(shown);
      }),
    );
  });
});
