import { describe, expect, test } from "@jest/globals";
import { fateOfSeat, isWidespread, repairRecord, repairSteps } from "../../operations/repair-plan";
import type { SeatHealth } from "../../operations/repair-plan";

const NOW = 100_000;
const SILENT: SeatHealth = { seat: "a", machine: "vm-1", isOn: true, isAlert: false };
const report = (healthy: boolean, sessions = 0) => ({ healthy, closed: false, sessions, at: NOW, used: 0 });
const fate = (more: Partial<SeatHealth>, replace = false, hasVault = true) =>
  fateOfSeat({ ...SILENT, ...more }, repairSteps({ atMostPercent: 5, replace }, hasVault), NOW);

describe("a seat", () => {
  test.each<[string, Partial<SeatHealth>, string]>([
    [
      "that reports well is healthy, whatever was tried",
      { report: report(true), record: { steps: 2, at: 0 } },
      "healthy",
    ],
    ["that is off is left so", { isOn: false }, "off"],
    ["at which somebody works is never restarted", { report: report(false, 1) }, "in-use"],
    ["whose first secret was opened by another is security's", { isAlert: true }, "alert"],
    ["that was just started is waited for", { started: NOW - 899 }, "starting"],
    ["at which something was just tried too", { started: 1, record: { steps: 1, at: NOW - 899 } }, "starting"],
    ["that is not healthy is restarted first", { report: report(false) }, "restart"],
    ["that says nothing too", {}, "restart"],
    ["then logs in again", { record: { steps: 1, at: NOW - 900 } }, "first-login"],
    ["then nothing is left to try", { record: { steps: 2, at: 0 } }, "exhausted"],
  ])("%s", (_, more, expected) => {
    expect(fate(more)).toBe(expected);
  });

  test("is replaced once, and only where the file lets it", () => {
    expect(fate({ record: { steps: 2, at: 0 } }, true)).toBe("replace");
    expect(fate({ record: { steps: 3, at: 0 } }, true)).toBe("exhausted");
  });

  test("of a city without a Vault has no login to repeat", () => {
    expect(fate({ record: { steps: 1, at: 0 } }, true, false)).toBe("replace");
  });
});

test("where more seats are unhealthy than the file says, no single one is to blame", () => {
  const wide = (unhealthy: number, on: number) => isWidespread(unhealthy, on, { atMostPercent: 5, replace: false });
  expect([wide(1, 3), wide(2, 3), wide(5, 100), wide(6, 100), wide(5, 119), wide(6, 120)]).toEqual([
    ...[false, true, false, true, false, false],
  ]);
});

test("what was tried is read as it was written, and nothing else", () => {
  const record = (text: string) => repairRecord({ "guestinfo.postazioni.repair": text });
  expect(record("2 1796040000")).toEqual({ steps: 2, at: 1_796_040_000 });
  expect([record(""), record("x 1"), record("1")]).toEqual([undefined, undefined, undefined]);
});
