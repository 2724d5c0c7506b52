import { describe, expect, test } from "@jest/globals";
import type { DeployedFile } from "../../environments/deployed";
import type { FoundMachine } from "../../vcenter/inventory";
import { found, machine, milan } from "./held";

const LIGHT = "ubuntu-light-2026-11";
const AT = "images.linux-light.versions.2026.11";

/** Milan with linked clones of one template in the pool smart-working, on the datastore vsan-vdi-b. */
function linkedFile(): DeployedFile {
  const { images, workstations, pools, ...city } = milan.deployed;
  const { "linux-light": image } = images;
  const { light } = workstations;
  const version = image?.versions["2026.11"];
  if (!image || !light || !version) throw new Error("the fixture has changed");
  const versions = { ...image.versions, "2026.11": { ...version, snapshot: "base" } };
  const deployed = {
    ...city,
    images: { ...images, "linux-light": { ...image, diskGib: 32, versions } },
    workstations: { ...workstations, light: { ...light, diskGib: 32 } },
    pools: pools.map((pool) => (pool.name === "smart-working" ? { ...pool, clone: "linked" as const } : pool)),
  };
  return { ...milan, deployed };
}

function findings(change: Partial<FoundMachine>): string[] {
  return found(machine(LIGHT, change), linkedFile());
}

describe("a template for linked clones", () => {
  test("has the file's one snapshot and a thin disk of the image's size, on the datastore of its clones", () => {
    expect(findings({})).toEqual([]);
  });

  test.each<[string, Partial<FoundMachine>, string]>([
    [
      "without a snapshot",
      { snapshots: [] },
      `${AT}.snapshot: "${LIGHT}" has no snapshot, so that each of its clones would be full; make the template anew with this one snapshot; never delete one that linked clones have`,
    ],
    [
      "with a snapshot of another name",
      { snapshots: ["basis"] },
      `${AT}.snapshot: "${LIGHT}" has the snapshot "basis"; write "basis", if that is the one that was meant`,
    ],
    [
      "with several snapshots",
      { snapshots: ["base", "patched"] },
      `${AT}.snapshot: "${LIGHT}" has the snapshots "base", "patched"; make the template anew with this one snapshot; never delete one that linked clones have`,
    ],
    [
      "with a smaller disk",
      { diskGib: 24 },
      `${AT}.template: the system disk of "${LIGHT}" has 24 GiB; write diskGib: 24 in the image and its workstations, or enlarge the template's`,
    ],
    [
      "with a thick disk",
      { isThin: false },
      `${AT}.template: the system disk of "${LIGHT}" is thick; move the template to a thin disk, and take its snapshot then`,
    ],
    [
      "on another datastore",
      { datastore: "vsan-vdi-a" },
      `${AT}.template: "${LIGHT}" is on "vsan-vdi-a", and linked clones of "smart-working" are on "vsan-vdi-b"; move the template there, or name the datastore that it is on in the pool`,
    ],
  ])("is told %s", (_, change, expected) => {
    expect(findings(change)).toEqual([`wrong: ${expected}`]);
  });
});
