import { describe, expect, test } from "@jest/globals";
import type { Waiver } from "../../environments/model/gates";
import type { DeployedCity } from "../../environments/model/city";
import { disturbedLines } from "../../cli/deploy/plan-report";
import { maintenanceRefusal } from "../../preview/disturbed-seats";
import { headline } from "../../preview/headline";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";
import type { PlanEntry } from "../fixtures/terraform-plan";

const STACK = "sample-desktops-anagrafe-01";
const [AT_WORK, AT_NIGHT] = [new Date("2026-12-02T10:00+01:00"), new Date("2026-12-04T21:00+01:00")];
const REPLACED = { key: "sa-ana-0001", actions: ["delete", "create"], replacedFor: ["clone"] };
const RESTARTED = { key: "sa-ana-0002", actions: ["update"], before: { memory: 4 }, after: { memory: 2 } };
const REMOVED = { key: "sa-ana-0003", actions: ["delete"] };
const MOVED = { key: "sa-ana-0004", actions: ["update"], before: { datastore_id: "a" }, after: { datastore_id: "b" } };
const ADDED = { key: "sa-ana-0005", actions: ["create"] };

function city(waivers: readonly Waiver[] = []): DeployedCity {
  const sample = deployedSample();
  const windows = [{ days: ["fri" as const], start: "20:00", stop: "23:30" }];
  const maintenance = { windows, warnMinutes: [30], atEnd: "wait" as const };
  const pools = sample.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, maintenance } : pool));
  return { ...sample, pools, review: { ...sample.review, waivers: [...waivers] } };
}

const refusal = (entries: readonly PlanEntry[], now: Date, waivers?: readonly Waiver[]) =>
  maintenanceRefusal(city(waivers), { stack: STACK, plan: planOf(entries) }, now);

describe("a plan that disturbs seats outside of their maintenance", () => {
  test("is refused, with the number of seats and when the next window begins", () => {
    expect(refusal([REPLACED, RESTARTED, REMOVED, MOVED, ADDED], AT_WORK)).toBe(
      "the gate maintenance is closed for anagrafe: 3 seats would be disturbed outside of its windows; the next one begins on " +
        "fri 2026-12-04 at 20:00",
    );
  });

  test("is applied in a window, and at any time where it ends no session", () => {
    expect(refusal([REPLACED, RESTARTED, REMOVED], AT_NIGHT)).toBeUndefined();
    expect(refusal([MOVED, ADDED], AT_WORK)).toBeUndefined();
  });

  test("is applied at any time with a waiver of its pool", () => {
    const waiver = {
      gate: "maintenance" as const,
      reason: "A hole in the image",
      owner: "M. Rossi",
      until: "2026-12-31",
    };
    expect(refusal([REPLACED], AT_WORK, [{ ...waiver, scope: "anagrafe" }])).toBeUndefined();
    expect(refusal([REPLACED], AT_WORK, [{ ...waiver, scope: "educazione" }])).toMatch(
      /^the gate maintenance is closed/,
    );
  });

  test("closes a gate of a deployment, and none of a preview, which is of no hour", () => {
    const closed = (now: Date, isDeployed = true) => {
      const placeOf = (path: readonly (string | number)[]) => ({ file: path.join("."), line: 7, column: 1 });
      const plan = planOf([REPLACED]);
      return previewReport({ wanted: city(), base: undefined, placeOf, isDeployed, atWork: { now } }, [
        { stack: STACK, plan },
      ]).gates.closed;
    };
    expect(closed(AT_WORK)).toMatchObject([{ gate: "maintenance", scope: "anagrafe", file: "pools.0.maintenance" }]);
    expect(closed(AT_NIGHT)).toEqual([]);
    expect(closed(AT_WORK, false)).toEqual([]);
  });
});

describe("a preview of what disturbs people", () => {
  const entries = [REPLACED, RESTARTED, MOVED];
  const sessions = new Map([
    ["sa-ana-0001", 2],
    ["sa-ana-0002", 1],
    ["sa-ana-0004", 1],
  ]);
  const report = (now: Date, counted?: ReadonlyMap<string, number>) => {
    const placeOf = () => ({ file: "sample.yaml", line: 7, column: 1 });
    const source = { wanted: city(), base: undefined, placeOf, atWork: { now, sessions: counted } };
    return previewReport(source, [{ stack: STACK, plan: planOf(entries) }]);
  };

  test("says how many sessions there are at these seats, and when it may be deployed", () => {
    const shown = report(AT_WORK, sessions);
    const window = { begins: "2026-12-04T19:00:00.000Z", ends: "2026-12-04T22:30:00.000Z" };
    expect(shown.disturbed).toEqual([{ pool: "anagrafe", seats: 2, sessions: 3, window }]);
    expect(headline(shown)).toContain("3 sessions at these seats now");
    expect(markdown(shown, "Sample")).toContain("| `anagrafe` | 2 | 3 | 2026-12-04 19:00 to 2026-12-04 22:30 |");
    expect(disturbedLines(shown.disturbed, city().calendar, AT_WORK)).toEqual([
      "anagrafe: 2 seats disturbed, 3 sessions there now; fri 2026-12-04 at 20:00, to 23:30",
    ]);
  });

  test("says so where they were not counted, and where the window is open", () => {
    const shown = report(AT_NIGHT);
    expect(markdown(shown, "Sample")).toContain("| `anagrafe` | 2 | not counted |");
    expect(disturbedLines(shown.disturbed, city().calendar, AT_NIGHT)).toEqual([
      "anagrafe: 2 seats disturbed, sessions were not counted; now, to 23:30",
    ]);
  });
});
