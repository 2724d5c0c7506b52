import { describe, expect, test } from "@jest/globals";
import { brokenWith, milanBreaking } from "../../fixtures/city-files";
import type { Edit } from "../../fixtures/city-files";

const PROFILE = "grid_a16-4q";
const RESERVED: Edit = ["memoryGib: 24", "memoryGib: 24, memoryReservationGib: 24"];
const OFFERED: Edit = [
  "        - name: gpu\n",
  `        - name: gpu\n          vgpus: [{ profile: ${PROFILE}, perHost: 207 }]\n`,
];
/** The drawing desktops, tecnica, have an image of their own with a vGPU. */
const DRAWING: Edit[] = [
  [
    "  linux-light:\n",
    `  drawing: { guestId: windows11_64Guest, diskGib: 64, vgpuProfile: ${PROFILE}, versions: { "2026.10": { template: draw, released: 2026-10-14 } } }\n  linux-light:\n`,
  ],
  ["cad: { image: windows-office", "cad: { image: drawing"],
];

describe("vgpu-memory", () => {
  test("refuses a workstation that does not reserve all its memory", () => {
    expect(milanBreaking("vgpu-memory", ...DRAWING, OFFERED)).toEqual([
      `workstations.cad.memoryReservationGib: 0 of 24 GiB are reserved, and the image "drawing" has the vGPU "${PROFILE}"; ` +
        "allowed: a workstation whose image has a vgpuProfile reserves all its memory; repair: write " +
        "memoryReservationGib: 24",
    ]);
    expect(brokenWith(...DRAWING, OFFERED, RESERVED)).toEqual([]);
  });
});

describe("vgpu-host-group", () => {
  test("refuses a pool in a host group that does not offer its profile", () => {
    expect(milanBreaking("vgpu-host-group", ...DRAWING, RESERVED)).toEqual([
      `pools[name=tecnica].hostGroup: its machines have the vGPU "${PROFILE}" and run in "gpu", which offers nothing; ` +
        "allowed: a pool whose image has a vgpuProfile is bound to a host group that offers it; repair: bind the pool to " +
        "such a host group, or say in the group's vgpus what its hosts offer",
    ]);
    const other: Edit = [OFFERED[0], OFFERED[1].replace(PROFILE, "grid_a16-2q")];
    expect(milanBreaking("vgpu-host-group", ...DRAWING, RESERVED, other)).toEqual([
      expect.stringContaining('run in "gpu", which offers "grid_a16-2q"; allowed'),
    ]);
  });

  test("refuses a pool that may run on any host", () => {
    expect(milanBreaking("vgpu-host-group", ...DRAWING, RESERVED, OFFERED, ["    hostGroup: gpu\n", ""])).toEqual([
      expect.stringContaining(`its machines have the vGPU "${PROFILE}" and are bound to no host group; allowed`),
    ]);
  });

  test("leaves a host group that is not declared to another rule", () => {
    const edits = [...DRAWING, RESERVED, OFFERED, ["hostGroup: gpu\n", "hostGroup: gpus\n"] as Edit];
    expect(brokenWith(...edits)).toEqual(["pool-host-group"]);
  });

  test("refuses an emergency's seats in another cluster, where no host group binds them", () => {
    const surge = (cluster: string): Edit => [
      "{ pool: anagrafe, code: anx, seats: 300 }",
      `{ pool: tecnica, code: tex, seats: 1${cluster} }`,
    ];
    expect(milanBreaking("vgpu-host-group", ...DRAWING, RESERVED, OFFERED, surge(", cluster: milano-vdi-b"))).toEqual([
      expect.stringMatching(
        /^emergency\.surge\[code=tex\]\.cluster: .* bound to no host group; .* take the surge's cluster out/,
      ),
    ]);
    expect(brokenWith(...DRAWING, RESERVED, OFFERED, surge(""))).toEqual([]);
  });
});

describe("host-group-capacity", () => {
  test("refuses more machines with a vGPU than the hosts that are left can run", () => {
    const [place, offer] = OFFERED;
    expect(milanBreaking("host-group-capacity", ...DRAWING, RESERVED, [place, offer.replace("207", "206")])).toEqual([
      expect.stringContaining(
        `.hostGroups[name=gpu].hosts: "gpu" has 618 vGPUs ${PROFILE} with 3 of 4 hosts, its machines take 620; allowed`,
      ),
    ]);
  });
});
