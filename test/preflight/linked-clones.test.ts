import { describe, expect, test } from "@jest/globals";
import type { DeployedFile } from "../../environments/deployed";
import type { Inventory } from "../../vcenter/inventory";
import type { FoundMachine } from "../../vcenter/machine";
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

describe("a template of a cluster's own", () => {
  const [PLACE_A, PLACE_B] = [
    { cluster: "milano-vdi-a", weight: 1 },
    { cluster: "milano-vdi-b", weight: 1 },
  ];

  /** Milan with full clones in both clusters, the second with a template of its own where it is named. */
  function spreadFile(own: string | undefined): DeployedFile {
    const { deployed } = linkedFile();
    const { "linux-light": image } = deployed.images;
    const version = image?.versions["2026.11"];
    if (!image || !version) throw new Error("the fixture has changed");
    const clusters = own === undefined ? undefined : [{ cluster: PLACE_A.cluster, template: own }];
    const versions = { ...image.versions, "2026.11": { ...version, snapshot: undefined, clusters } };
    const pools = deployed.pools.map((pool) =>
      pool.name === "smart-working"
        ? { ...pool, clone: "full" as const, cluster: undefined, spread: [PLACE_A, PLACE_B] }
        : pool,
    );
    return {
      ...milan,
      deployed: { ...deployed, pools, images: { ...deployed.images, "linux-light": { ...image, versions } } },
    };
  }

  test("is where its hosts reach it", () => {
    expect(found((inventory) => inventory, spreadFile("ubuntu-a"))).toEqual([
      expect.stringContaining(
        `question: ${AT}.template: "${LIGHT}" is on "vsan-vdi-a", which 12 hosts of "milano-vdi-b" do not reach`,
      ),
    ]);
    expect(found(machine(LIGHT, { datastore: "vsan-vdi-b" }), spreadFile("ubuntu-a"))).toEqual([]);
  });

  test("is looked for as every other", () => {
    const change = (inventory: Inventory): Inventory =>
      machine("ubuntu-a", { name: "ubuntu-aa" })(machine(LIGHT, { datastore: "vsan-vdi-b" })(inventory));
    expect(found(change, spreadFile("ubuntu-a"))).toEqual([
      `wrong: ${AT}.clusters[0].template: there is no template "ubuntu-a" in the datacenter; write "ubuntu-aa", or make it`,
    ]);
  });
});
