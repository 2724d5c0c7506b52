import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

/** Milan's smart-working pool, floating, with linked clones of 2026.11, whose template has the workstation's disk. */
const LINKED: Edit = {
  "images.linux-light.diskGib": 32,
  "pools.smart-working.+clone": "linked",
  "pools.smart-working.imageVersion": "2026.11",
  'images.linux-light.versions."2026.11".+snapshot': "base",
};

describe("linked clones", () => {
  test("are made in a floating pool, from a version that names its snapshot", () => {
    expect(milanWith(LINKED)).toEqual([]);
  });

  test("are refused in a dedicated pool", () => {
    const office: Edit = { 'images.windows-office.versions."2026.11".+snapshot': "base" };
    expect(milanWith(office, { "pools.anagrafe.+clone": "linked" })).toContainEqual(
      "pools[name=anagrafe].clone: linked, in a dedicated pool; allowed: a pool of linked clones is floating: their disks " +
        "end with the template's snapshot; repair: write clone: full, or assignment: floating",
    );
  });

  test("are refused of a version without a snapshot, also of one that a rollout leads to", () => {
    const repair =
      "; allowed: a version that linked clones are made from, now or by a rollout, names its template's snapshot; " +
      "repair: take a snapshot of the template, and name it in the version's snapshot, or write clone: full";
    const of = (version: string): string =>
      `the version "${version}" of "linux-light" names no snapshot, and the pool has linked clones${repair}`;
    const rollout = inYaml('{ to: "2026.10", canaryPercent: 5, state: canary }');
    expect(milanWith(LINKED, { "pools.smart-working.+rollout": rollout })).toEqual([
      `pools[name=smart-working].rollout.to: ${of("2026.10")}`,
    ]);
    expect(milanWith({ "images.linux-light.diskGib": 32, "pools.smart-working.+clone": "linked" })).toEqual([
      `pools[name=smart-working].imageVersion: ${of("2026.11")}`,
    ]);
  });

  test("have the template's disk, which does not grow", () => {
    expect(milanWith(LINKED, { "workstations.light.diskGib": 40, "pools.smart-working.+growDisks": true })).toEqual([
      expect.stringMatching(
        /^pools\[name=smart-working\]\.clone: linked, and the workstation "light" has 40 GiB, its image 32;/,
      ),
      expect.stringMatching(/^pools\[name=smart-working\]\.growDisks: true, and the pool has linked clones;/),
    ]);
  });

  test("have no library's item: it has no snapshot", () => {
    expect(milanWith(LINKED, { 'images.linux-light.versions."2026.11".+library': "golden" })).toEqual([
      'images.linux-light.versions["2026.11"].snapshot: a library\'s item has no snapshot; allowed: a version with a snapshot is ' +
        "a template of the inventory: a library's item has none; repair: take library out, and name the template in the " +
        "inventory, or take snapshot out",
    ]);
  });

  test("of one template are on one datastore, the template's", () => {
    const spread = inYaml("[{ cluster: milano-vdi-a, weight: 1 }, { cluster: milano-vdi-b, weight: 2 }]");
    const spreadOut: Edit = { "pools.smart-working.cluster": undefined, "pools.smart-working.+spread": spread };
    expect(milanWith(LINKED, spreadOut)).toEqual([
      'pools[name=smart-working].spread[1]: "vsan-vdi-b", and linked clones of "ubuntu-light-2026-11" are on "vsan-vdi-a" ' +
        "too; allowed: linked clones of one template are on one datastore, the template's; repair: name one datastore, or " +
        "templates of the clusters' own in the version's clusters, or write clone: full",
    ]);
    const own = (snapshot: string): Edit => ({
      'images.linux-light.versions."2026.11".+clusters': inYaml(
        `[{ cluster: milano-vdi-b, template: light-b${snapshot} }]`,
      ),
    });
    expect(milanWith(LINKED, spreadOut, own(", snapshot: base"))).toEqual([]);
    expect(milanWith(LINKED, spreadOut, own(""))).toEqual([
      expect.stringContaining('names no snapshot for "milano-vdi-b", and the pool has linked clones'),
    ]);
  });
});

describe("a cluster's own template", () => {
  const own = (text: string): Edit => ({ 'images.linux-light.versions."2026.11".+clusters': inYaml(text) });

  test("is of a declared cluster, once, and an item of a library has no snapshot", () => {
    expect(milanWith(own("[{ cluster: milano-vdi-c, template: light-c }]"))).toEqual([
      expect.stringContaining('clusters[0].cluster: "milano-vdi-c" names no cluster'),
    ]);
    const twice = "[{ cluster: milano-vdi-b, template: one }, { cluster: milano-vdi-b, template: two }]";
    expect(milanWith(own(twice))).toEqual([
      expect.stringContaining('clusters[1].cluster: the cluster "milano-vdi-b" is there already'),
    ]);
    expect(milanWith(own("[{ cluster: milano-vdi-b, template: a, library: l, snapshot: s }]"))).toEqual([
      expect.stringContaining("clusters[0].snapshot: a library's item has no snapshot"),
    ]);
  });
});
