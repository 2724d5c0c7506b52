import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { localTime } from "../../environments/calendar/local-time";
import type { Power } from "../../environments/model/power";
import { allOn, powerPlan } from "../../operations/power-plan";
import type { SeatPower } from "../../operations/power-plan";

const POWER: Power = { start: "07:00", stop: "19:30", days: ["mon", "tue", "wed", "thu", "fri"], reserve: 2 };
const CALENDAR = { timeZone: "Europe/Rome", holidays: ["2026-12-07"] };
const city = (active: boolean) => ({ calendar: CALENDAR, emergency: { active, flows: [], surge: [], hosting: [] } });
const isOn = (instant: string, active = false, power = POWER) => allOn(city(active), power, new Date(instant));

/** Seats of these states, numbered from 1: `-` off, `?` on without a report, `l` left, a digit on with as many sessions. */
function seats(states: string): SeatPower[] {
  return Array.from(states, (state, index) => ({
    ...{ seat: String(index + 1), machine: `vm-${String(index + 1)}`, isOn: state !== "-" },
    sessions: state === "-" || state === "?" ? undefined : state === "l" ? 0 : Number(state),
    isLeft: state === "l",
  }));
}

function planned(states: string, all: boolean, reserve = 0) {
  const { start, stop, inUse, silent, left } = powerPlan(seats(states), all, reserve);
  const numbers = (found: readonly SeatPower[]): string => found.map(({ seat }) => seat).join("");
  return {
    start: numbers(start),
    stop: numbers(stop),
    inUse: numbers(inUse),
    silent: numbers(silent),
    left: numbers(left),
  };
}

describe("the hours of a pool", () => {
  test.each([
    ["2026-12-04T06:59+01:00", false, "before they begin"],
    ["2026-12-04T07:00+01:00", true, "when they begin"],
    ["2026-12-04T19:29+01:00", true, "to their end"],
    ["2026-12-04T19:30+01:00", false, "when they end"],
    ["2026-12-05T10:00+01:00", false, "on a Saturday"],
    ["2026-12-07T10:00+01:00", false, "on a holiday"],
    ["2026-07-15T05:00Z", true, "at 7 in summer"],
    ["2026-12-15T05:00Z", false, "at 6 in winter"],
  ])("at %s: %s, %s", (instant, expected) => {
    expect(isOn(instant)).toBe(expected);
  });

  test("do not count during an emergency", () => {
    expect(isOn("2026-12-05T03:00+01:00", true)).toBe(true);
  });

  test("follow both changes of clock: an hour that is not there, and one that is there twice", () => {
    const night: Power = { ...POWER, start: "02:30", stop: "04:00", days: ["sun"] };
    const at = (instant: string) => isOn(instant, false, night);
    // 29 March 2026: 02:00 becomes 03:00, so 02:30 is not there; the hours begin at 03:00.
    expect(["2026-03-29T00:59Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z"].map(at)).toEqual([false, true, false]);
    // 25 October 2026: 03:00 becomes 02:00, so 02:30 is there twice.
    expect(["2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:59Z", "2026-10-25T03:00Z"].map(at)).toEqual([
      ...[true, true, true, false],
    ]);
    expect(localTime(new Date("2026-10-25T00:30Z"), CALENDAR)).toEqual({
      date: "2026-10-25",
      weekday: "sun",
      time: "02:30",
    });
  });
});

describe("what is done with the seats", () => {
  test.each([
    ["in hours all that are off are started", "-0-1?", true, 0, { start: "13" }],
    ["out of hours free ones are shut down", "-0-1?", false, 0, { stop: "2", inUse: "4", silent: "5" }],
    ["the reserve stays on: first free ones that are on", "0000", false, 2, { stop: "34" }],
    ["and others are started where these are too few", "-0-1", false, 2, { start: "1", inUse: "4" }],
    ["those that are to be made as new first stay on, and are no reserve", "l0-", false, 1, { left: "1" }],
    ["which others are", "l--", false, 1, { left: "1", start: "2" }],
    ["more than there are is no error", "--", false, 5, { start: "12" }],
  ])("%s", (_, states, all, reserve, expected) => {
    expect(planned(states, all, reserve)).toEqual({
      start: "",
      stop: "",
      inUse: "",
      silent: "",
      left: "",
      ...expected,
    });
  });

  test("never ends a session, does nothing twice, and leaves the reserve on", () => {
    const states = fc.array(fc.constantFrom("-", "?", "l", "0", "1", "2"), { maxLength: 30 });
    fc.assert(
      fc.property(states, fc.boolean(), fc.nat(10), (letters, all, reserve) => {
        const before = seats(letters.join(""));
        const { start, stop } = powerPlan(before, all, reserve);
        expect(stop.every(({ isOn, sessions, isLeft }) => isOn && sessions === 0 && !isLeft)).toBe(true);
        const after = before.map((seat) => {
          if (stop.includes(seat)) return { ...seat, isOn: false, sessions: undefined };
          return start.includes(seat) ? { ...seat, isOn: true, sessions: 0 } : seat;
        });
        const again = powerPlan(after, all, reserve);
        expect([again.start, again.stop]).toEqual([[], []]);
        const free = after.filter(({ isOn, sessions, isLeft }) => isOn && sessions === 0 && !isLeft).length;
        const inUse = before.filter(({ isOn, sessions, isLeft }) => isOn && (sessions !== 0 || isLeft)).length;
        expect(free).toBeGreaterThanOrEqual(Math.min(reserve, before.length - inUse));
      }),
    );
  });
});
