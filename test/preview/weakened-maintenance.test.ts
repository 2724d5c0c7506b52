import { expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import type { Waiver } from "../../environments/model/gates";
import type { Maintenance } from "../../environments/model/maintenance";
import { askGates } from "../../preview/gates";
import { deployedSample } from "../fixtures/deployed";

const WINDOW: Maintenance["windows"][number] = { days: ["fri", "sun"], start: "22:00", stop: "02:00" };
const MAINTENANCE: Maintenance = { windows: [WINDOW], warnMinutes: [30, 10], atEnd: "wait" };

function cityWith(
  maintenance: Maintenance | undefined,
  timeZone = "Europe/Rome",
  waivers: Waiver[] = [],
): DeployedCity {
  const sample = deployedSample();
  const pools = sample.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, maintenance } : pool));
  const calendar = { ...sample.calendar, timeZone };
  return { ...sample, pools, calendar, review: { ...sample.review, waivers } };
}

function closed(base: DeployedCity, wanted: DeployedCity) {
  return askGates(wanted, { pools: [], stacks: [], file: null, base }).closed;
}

test.each<[string, Partial<Maintenance>, string]>([
  ["another day", { windows: [{ ...WINDOW, days: ["fri", "sat", "sun"] }] }, "its windows are open at times when"],
  ["an earlier start", { windows: [{ ...WINDOW, start: "21:59" }] }, "its windows are open at times when"],
  ["a window more", { windows: [WINDOW, { days: ["mon"], start: "02:00", stop: "03:00" }] }, "open at times when"],
  ["log-off at the end", { atEnd: "log-off" }, "sessions are ended, not waited for"],
  ["a shorter warning", { warnMinutes: [20] }, "its longest warning is 20 minutes, not 30"],
])("a change that gives a pool %s closes the gate review, with the pool and its line", (_, change, text) => {
  const findings = closed(cityWith(MAINTENANCE), cityWith({ ...MAINTENANCE, ...change }));
  const where = { gate: "review", scope: "maintenance anagrafe", path: ["pools", 0, "maintenance"] };
  expect(findings).toMatchObject([{ ...where, text: expect.stringContaining(text) }]);
});

test("a change that takes a pool's maintenance out, or moves it to another clock, closes the gate review", () => {
  expect(closed(cityWith(MAINTENANCE), cityWith(undefined))).toMatchObject([
    {
      gate: "review",
      scope: "maintenance anagrafe",
      text: expect.stringContaining("it is taken out"),
      path: ["pools", 0],
    },
  ]);
  const moved = closed(cityWith(MAINTENANCE), cityWith(MAINTENANCE, "Europe/London"));
  expect(moved).toMatchObject([{ text: expect.stringContaining("time in Europe/London, in place of Europe/Rome") }]);
});

test("what protects people as much, or more, closes nothing: the same times in other windows, fewer, another warning", () => {
  const [early, late] = [
    { ...WINDOW, stop: "00:00" },
    { days: ["sat" as const, "mon" as const], start: "00:00", stop: "02:00" },
  ];
  for (const change of [{ windows: [late, early] }, { windows: [early] }, { warnMinutes: [60] }, {}])
    expect(closed(cityWith(MAINTENANCE), cityWith({ ...MAINTENANCE, ...change }))).toEqual([]);
  expect(closed(cityWith({ ...MAINTENANCE, atEnd: "log-off" }), cityWith(MAINTENANCE))).toEqual([]);
  expect(closed(cityWith(undefined), cityWith(MAINTENANCE))).toEqual([]);
});

test("a waiver that the branch has lets it pass", () => {
  const waiver = { gate: "review" as const, scope: "maintenance anagrafe", reason: "A move", owner: "M. Rossi" };
  const waivers = [{ ...waiver, until: "2026-12-31" }];
  expect(closed(cityWith(MAINTENANCE, undefined, waivers), cityWith(undefined, undefined, waivers))).toEqual([]);
});
