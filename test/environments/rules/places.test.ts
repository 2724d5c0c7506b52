import { describe, expect, test } from "@jest/globals";
import { edited, inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, MILAN, brokenWith, lines, load, milanBreaking, milanWith } from "../../fixtures/city-files";

/** A pool of Milan over places: keys and values in YAML. */
function spreadOf(pool: string, ...places: readonly string[]): Edit {
  return {
    [`pools.${pool}.cluster`]: undefined,
    [`pools.${pool}.+spread`]: places.map((place) => inYaml(`{ ${place} }`)),
  };
}

/** Milan's pool anagrafe, of 1,450 seats, over places. */
function spread(...places: readonly string[]): Edit {
  return spreadOf("anagrafe", ...places);
}

const [A, B] = ["cluster: milano-vdi-a, weight: 60", "cluster: milano-vdi-b, weight: 40"];

describe("a pool's places", () => {
  test("may be several, in several clusters", () => {
    expect(milanWith(spread(A, B))).toEqual([]);
  });

  test("are said by cluster or by spread, and by one of them at least, with the line", () => {
    expect(milanWith({ "pools.anagrafe.cluster": undefined })).toEqual([
      "pools[name=anagrafe]: neither cluster nor spread is there, and the city has several clusters; allowed: a pool has a " +
        "cluster, by default the city's only one, and maybe a datastore, or instead a spread over places, each of them once " +
        "and one at least with a weight; repair: write cluster for one place, or spread for several",
    ]);
    const both: Edit = { "pools.anagrafe.+cluster": "milano-vdi-a", "pools.anagrafe.+datastore": "vsan-vdi-a" };
    const file = edited(MILAN, spread(A, B), both);
    const line = file.split("\n").findIndex((text) => text === '      "datastore": "vsan-vdi-a"');
    expect(lines(file)).toEqual([
      expect.stringContaining(
        `city.yaml:${String(line)}:18: pools[name=anagrafe].cluster: cluster is there beside spread`,
      ),
      expect.stringContaining("pools[name=anagrafe].datastore: datastore is there beside spread; allowed: "),
    ]);
  });

  test("are there once each, also where one is named by its cluster's first datastore", () => {
    expect(milanWith(spread(A, B, "cluster: milano-vdi-a, datastore: vsan-vdi-a, weight: 5"))).toEqual([
      expect.stringContaining(
        'pools[name=anagrafe].spread[2]: the cluster "milano-vdi-a" with the datastore "vsan-vdi-a" is there already; ',
      ),
    ]);
  });

  test("have a weight, one of them at least", () => {
    const [empty, also] = [A.replace("60", "0"), B.replace("40", "0")];
    expect(milanWith(spread(empty, B))).toEqual([]);
    expect(milanWith(spread(empty, also))).toEqual([
      expect.stringContaining("pools[name=anagrafe].spread: no place has a weight; allowed: "),
    ]);
  });

  test("are of clusters and datastores that are declared", () => {
    expect(milanWith(spread(A, "cluster: milano-vdi-c, weight: 40"))).toEqual([
      expect.stringContaining('pools[name=anagrafe].spread[1].cluster: "milano-vdi-c" names no cluster; allowed: '),
    ]);
    expect(milanWith(spread(A, "cluster: milano-vdi-b, datastore: vsan-vdi-a, weight: 40"))).toEqual([
      expect.stringContaining(
        'pools[name=anagrafe].spread[1].datastore: "vsan-vdi-a" names no datastore of the cluster "milano-vdi-b"; ',
      ),
    ]);
  });

  test("have hosts that are as large as a machine", () => {
    const small: Edit = { "platform.clusters.milano-vdi-a.hostMemoryGib": 4 };
    const found = milanBreaking("machine-fits-host", spread(B, A), small);
    expect(found).toContainEqual(
      expect.stringMatching(
        /^pools\[name=anagrafe\]\.spread\[1\]\.cluster: "office" has 8 GiB of memory, more than the 4 GiB/,
      ),
    );
  });
});

describe("the seats of a place", () => {
  const bounded = (seats: number): Edit => spread(A, `${B}, seats: ${String(seats)}`);
  const there = Number(/: (\d+) seats of the pool would be here, more than 1;/.exec(milanWith(bounded(1)).join())?.[1]);

  test("are at most as many as it says, counted as they are placed", () => {
    expect(there).toBeGreaterThan(500);
    expect(there).toBeLessThan(660);
    expect(milanWith(bounded(there))).toEqual([]);
    expect(milanWith(bounded(there - 1))).toEqual([
      `pools[name=anagrafe].spread[1].seats: ${String(there)} seats of the pool would be here, more than ` +
        `${String(there - 1)}; allowed: a place of a pool's spread has at most as many of the pool's own seats as its seats ` +
        "say; repair: raise the place's seats, or lower its weight",
    ]);
  });

  test("are counted there, and nowhere else, by the rules of capacity", () => {
    // Another pool of the same workstation has 5,080 seats in the first cluster at most, without those that moved away.
    const polizia = (seats: number): Edit => ({ "pools.polizia-locale.seats": seats });
    expect(milanBreaking("cluster-cpu", polizia(5081))).toHaveLength(1);
    expect(milanBreaking("cluster-cpu", spread(A, B), polizia(5080 + there))).toEqual([]);
    expect(milanBreaking("cluster-cpu", spread(A, B), polizia(5081 + there))).toHaveLength(1);
  });
});

describe("a pool that is bound to hosts", () => {
  const anti = spreadOf("sala-operativa", A, B);

  test("is in one cluster", () => {
    expect(milanBreaking("pool-one-cluster", anti)).toEqual([
      "pools[name=sala-operativa].antiAffinity: the spread names 2 clusters; allowed: a pool with hostGroup or " +
        "antiAffinity runs in one cluster; its spread may name several datastores of it; repair: take hostGroup or " +
        "antiAffinity out, or name one cluster",
    ]);
    expect(brokenWith(spreadOf("tecnica", A, B))).toEqual(["pool-one-cluster"]);
  });

  test("may be on several datastores of it", () => {
    const datastores: Edit = { "platform.datastores.+0": { name: "vsan-vdi-a2", cluster: "milano-vdi-a" } };
    const here = ["", "datastore: vsan-vdi-a, "].map((on) => `cluster: milano-vdi-a, ${on}weight: 1`);
    expect(milanWith(datastores, spreadOf("sala-operativa", ...here))).toEqual([]);
  });
});

describe("a city beside others", () => {
  test("may spread a pool whose surge another city hosts", () => {
    const files = { "milan.yaml": edited(MILAN, spread(A, B)), "catania.yaml": CATANIA };
    expect(load(files).violations).toEqual([]);
  });
});

describe("provider-defect", () => {
  const placed = spreadOf("smart-working", "cluster: milano-vdi-a, weight: 1", "cluster: milano-vdi-b, weight: 1");
  const versions = (text: string): Edit => ({ "platform.+providers": inYaml(text) });

  test("refuses a version that swallows failed moves, where a pool's machines move between places", () => {
    const old = versions('{ vsphere: "2.15.0" }');
    expect(milanWith(placed, old)).toEqual([
      'platform.providers.vsphere: "2.15.0" tells a move of a machine as done that vCenter refused ' +
        '(vmware/terraform-provider-vsphere#2595), and the pool "smart-working" is spread, and another weight moves machines; ' +
        "allowed: a provider's version does what the file asks for; repair: write a newer version, or leave it out for the newest " +
        "that was tried",
    ]);
    expect(milanWith(old)).toEqual([]);
    expect(milanWith(placed, versions('{ vsphere: "2.16.1" }'))).toEqual([]);
  });

  test("of the providers no version is taken that nobody tried", () => {
    expect(milanWith(versions('{ vsphere: "2.17.0", vault: "5.6" }'))).toEqual([
      expect.stringMatching(/^platform\.providers\.vsphere: "2\.17\.0" .*allowed: "2\.15\.0" or "2\.16\.1"/),
      expect.stringMatching(/^platform\.providers\.vault: .*"5\.6\.0" or "5\.10\.1"/),
    ]);
  });
});
