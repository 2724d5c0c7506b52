import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import type { Rollout } from "../../environments/model/rollout";
import { afterStop, rolloutStop } from "../../operations/rollout-health";
import { approvalOf } from "../../preview/approval";
import { growingRollouts } from "../../preview/growing-rollouts";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

const STACK = "sample-desktops-anagrafe-01";
const ROLLOUT: Rollout = { to: "2026.11", ring: [1, 3, 4], batches: [], state: "canary", stopAtPercent: 34 };

function city(rollout: Rollout | undefined, assignment: "floating" | "dedicated" = "floating"): DeployedCity {
  const sample = deployedSample();
  return {
    ...sample,
    pools: sample.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, assignment, rollout } : pool)),
  };
}

/** What grows where these seats get a new machine. */
function growing(made: readonly string[], of: DeployedCity = city(ROLLOUT)) {
  const plan = planOf(made.map((key) => ({ key, actions: ["delete", "create"], replacedFor: ["clone"] })));
  const planned = { stack: STACK, plan, dependencies: [], configuration: "{}", lock: "" };
  return growingRollouts(of, approvalOf("sample", [planned]));
}

describe("a rollout that grows", () => {
  test("is looked at by the seats that have its version already", () => {
    expect(growing(["sa-ana-0004"])).toEqual([
      { pool: "anagrafe", rollout: ROLLOUT, stacks: [STACK], earlier: ["sa-ana-0001", "sa-ana-0003"] },
    ]);
  });

  test("does not where it begins, goes back, or other seats are made anew", () => {
    expect(growing(["sa-ana-0001", "sa-ana-0003", "sa-ana-0004"])).toEqual([]);
    expect(growing(["sa-ana-0004"], city({ ...ROLLOUT, state: "rolled-back" }))).toEqual([]);
    expect(growing(["sa-ana-0004"], city(undefined))).toEqual([]);
    expect(growing(["sa-ana-0005"])).toEqual([]);
    expect(growing(["sa-ana-0004"], city(ROLLOUT, "dedicated"))).toEqual([]);
  });
});

describe("seats with a rollout's version", () => {
  const report = (healthy: boolean) => ({ sessions: 0, healthy, closed: false, at: 1, used: 0 });
  const seat = (name: string, healthy?: boolean, isOn = true, isJoined = true) => ({
    ...{ seat: name, isOn, isJoined },
    report: healthy === undefined ? undefined : report(healthy),
  });

  test("let it go on while few enough of them are not healthy", () => {
    expect(rolloutStop([seat("a", true), seat("b", true), seat("c", false)], ROLLOUT)).toBeUndefined();
    expect(rolloutStop([seat("a", true), seat("b", false, false)], { ...ROLLOUT, stopAtPercent: 0 })).toBeUndefined();
  });

  test("stop it otherwise, and are named", () => {
    expect(rolloutStop([seat("a", true), seat("b", false), seat("c")], ROLLOUT)).toBe(
      "2 of the 3 seats that have 2026.11 and are on are not healthy, and stopAtPercent is 34: b, c",
    );
    expect(rolloutStop([seat("a", undefined)], { ...ROLLOUT, stopAtPercent: 99 })).toMatch(/^1 of the 1 seats/);
  });

  test.each([
    [
      "that were just made want their first secret",
      [seat("a", undefined, true, false), seat("b", true)],
      /^1 of them did not join .* 'npm run secrets -- first sample' .*; deploy again/,
    ],
    [
      "that joined are repaired",
      [seat("a", false), seat("b", undefined, false, false)],
      /^repair them \('npm run seats -- sample' lists them\), roll back/,
    ],
    ["that are all off are started", [seat("a", undefined, false, false)], /^start some of them, roll back/],
  ])("%s", (_, seats, next) => {
    expect(afterStop(seats, "sample")).toMatch(next);
  });

  test("that are off say nothing", () => {
    expect(rolloutStop([seat("a", undefined, false)], ROLLOUT)).toBe(
      "all of the 1 seats that have 2026.11 are off: nobody knows whether it works",
    );
  });
});
