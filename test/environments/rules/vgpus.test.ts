import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanBreaking, milanWith } from "../../fixtures/city-files";

const PROFILE = "grid_a16-2q";
const OFFER = "platform.clusters.milano-vdi-a.hostGroups.gpu.vgpus.0";

describe("vgpu-memory", () => {
  test("refuses a workstation that does not reserve all its memory", () => {
    expect(milanWith({ "workstations.cad.memoryReservationGib": 23 })).toEqual([
      `workstations.cad.memoryReservationGib: 23 of 24 GiB are reserved, and the image "windows-drawing" has the vGPU ` +
        `"${PROFILE}"; allowed: a workstation whose image has a vgpuProfile reserves all its memory; repair: write ` +
        "memoryReservationGib: 24",
    ]);
  });
});

describe("vgpu-host-group", () => {
  test("refuses a pool in a host group that does not offer its profile", () => {
    expect(milanWith({ "platform.clusters.milano-vdi-a.hostGroups.gpu.vgpus.0": undefined })).toEqual([
      `pools[name=tecnica].hostGroup: its machines have the vGPU "${PROFILE}" and run in "gpu", which offers nothing; ` +
        "allowed: a pool whose image has a vgpuProfile is bound to a host group that offers it; repair: bind the pool to " +
        "such a host group, or say in the group's vgpus what its hosts offer",
    ]);
    expect(milanWith({ [`${OFFER}.profile`]: "grid_a16-4q" })).toEqual([
      expect.stringContaining('run in "gpu", which offers "grid_a16-4q"; allowed'),
    ]);
  });

  test("refuses a pool that may run on any host", () => {
    expect(milanWith({ "pools.tecnica.hostGroup": undefined })).toEqual([
      expect.stringContaining(`its machines have the vGPU "${PROFILE}" and are bound to no host group; allowed`),
    ]);
  });

  test("leaves a host group that is not declared to another rule", () => {
    expect(brokenWith({ "pools.tecnica.hostGroup": "gpus" })).toEqual(["pool-host-group"]);
  });

  test("refuses an emergency's seats in another cluster, where no host group binds them", () => {
    const surge = (place: object): Edit => ({
      "emergency.surge.anx": { pool: "tecnica", code: "tex", seats: 1, ...place },
    });
    expect(milanWith(surge({ cluster: "milano-vdi-b" }))).toEqual([
      expect.stringMatching(/^emergency\.surge\[code=tex\]\.cluster: .* bound to no host group; .* take the surge's/),
    ]);
    expect(milanWith(surge({}))).toEqual([]);
  });
});

describe("host-group-capacity", () => {
  test("refuses more machines with a vGPU than the hosts that are left can run", () => {
    expect(milanWith({ [`${OFFER}.perHost`]: 207 })).toEqual([]);
    expect(milanBreaking("host-group-capacity", { [`${OFFER}.perHost`]: 206 })).toEqual([
      expect.stringContaining(
        `.hostGroups[name=gpu].hosts: "gpu" has 618 vGPUs ${PROFILE} with 3 of 4 hosts, its machines take 620; allowed`,
      ),
    ]);
  });
});

describe("vgpu-price", () => {
  test("a price list has every vGPU, and no list needs none", () => {
    expect(milanWith({ "prices.vgpus.grid_a16-2q": undefined, "prices.vgpus.+grid_a16-4q": 9.5 })).toEqual([
      `prices.vgpus: no price of "${PROFILE}"; allowed: a price list has the vGPU of every image that has one; ` +
        "repair: add its price, 0 where it is in another",
    ]);
    expect(milanWith({ prices: undefined })).toEqual([]);
  });
});
