import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DeclaredCity } from "../../environments/model/city";
import { steppedUp } from "../../stacks/plans/container-machines";
import { poolCity } from "../fixtures/pool-city";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity } from "../fixtures/synthesized-city";
import { twoPairs } from "../fixtures/two-pairs";

/** CPU and memory shares of every resource pool that has some of its own, by the pool's name and its cluster's. */
function sharesOf(city: DeclaredCity): Record<string, unknown> {
  const pools = synthesizedCity(city).get(`${city.city.id}-foundation`)?.resources("vsphere_resource_pool") ?? [];
  const custom = pools.filter(
    ({ cpu_share_level: cpu, memory_share_level: memory }) => cpu === "custom" && memory === "custom",
  );
  return Object.fromEntries(
    custom.map((pool) => {
      const cluster = /clusters_([a-z-]+)_/.exec(String(pool.parent_resource_pool_id))?.[1] ?? "";
      return [`${String(pool.name)} in ${cluster}`, [pool.cpu_shares, pool.memory_shares]];
    }),
  );
}

describe("the resource pool of a pool", () => {
  test("has as many shares as its machines would have beside it, counted in steps of 16, in the clusters that they are in", () => {
    expect(sharesOf(sampleCity())).toEqual({
      "sample-anagrafe in vdi-a": [16 * 2 * 1000, 16 * 8 * 1024 * 10],
      "sample-sala in vdi-a": [16 * 2 * 1000, 16 * 8 * 1024 * 10],
      "sample-tecnica in vdi-a": [16 * 6 * 1000, 16 * 24 * 1024 * 10],
    });
  });

  test("counts a cluster's seats together, in whichever of its datastores they are", () => {
    const spread = [
      { cluster: "vdi-a", datastore: "vsan-a", weight: 1 },
      { cluster: "vdi-a", datastore: "vsan-c", weight: 1 },
    ];
    const { city } = poolCity({ seats: 40, retired: [], cluster: undefined, spread });
    expect(sharesOf(city)["sample-anagrafe in vdi-a"]).toEqual([48 * 2 * 1000, 48 * 8 * 1024 * 10]);
  });

  test("keeps them when the pool is given up, as it has no machine that would use them", () => {
    expect(sharesOf(poolCity({ decommissioned: true }).city)).toEqual(sharesOf(sampleCity()));
  });

  test("changes only with every eighth part of its seats, so that most changes of seats leave the foundation alone", () => {
    const at = (seats: number): unknown => {
      const { city } = poolCity({ seats, retired: [] });
      const platform = { ...city.platform, seatsPerStack: 1000 };
      return sharesOf({ ...city, platform })["sample-anagrafe in vdi-a"];
    };
    expect(at(1450)).toEqual(at(1536));
    expect(at(1450)).not.toEqual(at(1537));
  });

  test("is as vSphere makes it where the cluster has scalable shares", () => {
    const city = sampleCity();
    const clusters = city.platform.clusters.map((cluster) => ({ ...cluster, scalableShares: true }));
    expect(sharesOf({ ...city, platform: { ...city.platform, clusters } })).toEqual({});
  });
});

test("an emergency's seats have their shares before it begins, so that it needs no change of the foundation", () => {
  const city = sampleCity();
  const surge = [{ pool: "anagrafe", code: "anx", seats: 20 }];
  const before = sharesOf({ ...city, emergency: { ...city.emergency, surge } });
  expect(before["sample-anagrafe-surge in vdi-a"]).toEqual([32 * 2 * 1000, 32 * 8 * 1024 * 10]);
  expect(sharesOf({ ...city, emergency: { ...city.emergency, surge, active: true } })).toEqual(before);
});

test("a gateway has the shares of as many desktops' CPUs as may ask for the cores that it needs", () => {
  const city = twoPairs();
  const shares = [2 * 6 * 1000, 4 * 1024 * 10]; // two CPUs, six of desktops a core, 4 GiB
  expect(sharesOf(city)).toMatchObject({
    "piccola-gateway-a in vdi": shares,
    "piccola-gateway-b in vdi": shares,
    "piccola-gateway-teams-a in vdi": shares,
    "piccola-gateway-teams-b in vdi": shares,
  });
});

test("counts are rounded up by less than 16 or an eighth, and never down", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (count) => {
      const stepped = steppedUp(count);
      expect(stepped).toBeGreaterThanOrEqual(count);
      expect(stepped - count).toBeLessThan(Math.max(16, count / 8));
      expect(steppedUp(stepped)).toBe(stepped);
      expect(steppedUp(count + 1)).toBeGreaterThanOrEqual(stepped);
    }),
  );
});
