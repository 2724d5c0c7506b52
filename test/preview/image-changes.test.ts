import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import type { Pool } from "../../environments/model/desktops";
import { imageChanges } from "../../preview/image-changes";
import { imageSection } from "../../preview/file-sections";
import { deployed } from "../fixtures/deployed";
import { poolCity } from "../fixtures/pool-city";

const NEW = "2099.01";

function cityOf(changes: Partial<Pool>): DeployedCity {
  const common: Partial<Pool> = { assignment: "floating", seats: 40, waves: [], retired: [], replace: [] };
  return deployed(poolCity({ ...common, ...changes }).city);
}

describe("the movement of an image", () => {
  test("names the canaries, and how far the rollout has come", () => {
    const old = cityOf({});
    const rollout = { to: NEW, canaryPercent: 10, batches: [50], state: "canary", stopAtPercent: 10 };
    const [change, ...others] = imageChanges(old, cityOf({ rollout }));
    expect(others).toEqual([]);
    const { imageVersion } = poolCity({}).pool;
    const moved = change?.moved.length ?? 0;
    expect(moved).toBeGreaterThan(0);
    expect(change).toMatchObject({
      ...{ pool: "anagrafe", before: { [imageVersion]: 40 }, after: { [imageVersion]: 40 - moved, [NEW]: moved } },
      ...{ rollout: { to: NEW, state: "canary", percent: 10 }, kept: 0 },
    });
    expect(imageSection(change === undefined ? [] : [change])).toContain(`\`${NEW}\`: canary, 10 percent`);
  });

  test("is the batch's own seats and no canary again, and all of them on the way back", () => {
    const at = (state: string): DeployedCity =>
      cityOf({ rollout: { to: NEW, canaryPercent: 10, batches: [50], state, stopAtPercent: 10 } });
    const [canary] = imageChanges(cityOf({}), at("canary"));
    const [batch] = imageChanges(at("canary"), at("batch-1"));
    const [back] = imageChanges(at("batch-1"), at("rolled-back"));
    expect(batch?.moved.filter((seat) => canary?.moved.includes(seat))).toEqual([]);
    expect(back?.moved).toHaveLength((canary?.moved.length ?? 0) + (batch?.moved.length ?? 0));
  });

  test("leaves out seats that keep their machine whatever comes, and says how many they are", () => {
    const dedicated = (changes: Partial<Pool>): DeployedCity =>
      cityOf({ assignment: "dedicated", replace: ["1-4"], ...changes });
    const [change] = imageChanges(dedicated({}), dedicated({ imageVersion: NEW }));
    expect(change).toMatchObject({ after: { [NEW]: 4 }, kept: 36 });
    expect(change?.moved).toHaveLength(4);
    expect(imageChanges(dedicated({ replace: [] }), dedicated({ replace: [], imageVersion: NEW }))).toEqual([]);
  });

  test("is none of seats that are added, nor of a promoted version that becomes the pool's own", () => {
    expect(imageChanges(cityOf({ seats: 30 }), cityOf({}))).toEqual([]);
    const promoted = cityOf({
      rollout: { to: NEW, canaryPercent: 10, batches: [], state: "promoted", stopAtPercent: 10 },
    });
    expect(imageChanges(promoted, cityOf({ imageVersion: NEW }))).toEqual([]);
  });
});
