import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

/** Milan's smart-working pool on a storage cluster of the file. */
function stored(members = "[lun-1, lun-2]"): Edit {
  return {
    "platform.datastores.+": inYaml(`{ name: luns, cluster: milano-vdi-b, members: ${members} }`),
    "pools.smart-working.+datastore": "luns",
  };
}

describe("a storage cluster", () => {
  test("is a datastore of its cluster, of which a datastore is a member once", () => {
    expect(milanWith(stored())).toEqual([]);
    expect(milanWith(stored("[lun-1, vsan-vdi-a]"))).toEqual([
      expect.stringContaining('members[1]: the datastore "vsan-vdi-a" is there already'),
    ]);
  });

  test("has full clones of templates alone", () => {
    const linked: Edit = {
      "pools.smart-working.+clone": "linked",
      "images.linux-light.diskGib": 32,
      'images.linux-light.versions."2026.11".+snapshot': "base",
    };
    const texts =
      "; allowed: machines on a storage cluster are full clones of templates of the inventory; repair: write clone: full, " +
      "take the template's library out, or name a datastore that is no storage cluster";
    expect(milanWith(stored(), linked)).toEqual([
      `pools[name=smart-working].clone: linked, on the storage cluster "luns"${texts}`,
    ]);
    expect(milanWith(stored(), { 'images.linux-light.versions."2026.11".+library': "golden" })).toEqual([
      `pools[name=smart-working].imageVersion: an item of the library "golden", on a storage cluster${texts}`,
    ]);
  });

  test("is no place for gateways, of which each stays on one datastore", () => {
    const alone: Edit = { "platform.datastores.vsan-vdi-b.+members": inYaml("[lun-1]") };
    expect(milanWith(alone)).toContainEqual(
      expect.stringMatching(
        /^network\.gateway\.clusters\[\d\]: "milano-vdi-b" names no cluster with a datastore that is no storage cluster; allowed: "milano-vdi-a"/,
      ),
    );
  });
});
