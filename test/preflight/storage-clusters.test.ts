import { expect, test } from "@jest/globals";
import type { DeployedFile } from "../../environments/deployed";
import type { Inventory } from "../../vcenter/inventory";
import type { FoundStorageCluster } from "../../vcenter/storage-cluster";
import { ESX, found, hosts, milan } from "./held";

/** Milan with a storage cluster of two datastores beside its own. */
function file(): DeployedFile {
  const { platform, ...city } = milan.deployed;
  const luns = { name: "luns", cluster: "milano-vdi-b", members: ["lun-1", "lun-2"], capacityGib: 2000 };
  const datastores = [...platform.datastores, { ...luns, overcommit: 1, linkedShare: 1 }];
  return { ...milan, deployed: { ...city, platform: { ...platform, datastores } } };
}

function changed(change: Partial<FoundStorageCluster>): (inventory: Inventory) => Inventory {
  return (inventory) => ({
    ...inventory,
    storageClusters: inventory.storageClusters.map((one) => ({ ...one, ...change })),
  });
}

test("a storage cluster as the file has it is no finding", () => {
  expect(found((inventory) => inventory, file())).toEqual([]);
});

test.each<[string, (inventory: Inventory) => Inventory, string]>([
  [
    "another name",
    changed({ name: "lun" }),
    'name: there is no storage cluster "luns" in the datacenter; write "lun", or make it',
  ],
  [
    "Storage DRS that is off",
    changed({ drs: false }),
    'name: Storage DRS is off in "luns"; turn it on in vCenter, or name its datastores by themselves',
  ],
  [
    "another member",
    changed({ members: ["lun-1", "lun-2", "lun-3"] }),
    'members: "luns" has 1 datastore that the file leaves out: "lun-3"; add them: Storage DRS places machines on any of them',
  ],
  [
    "a host that does not reach a member",
    (inventory) => hosts([ESX("b01")], { datastores: ["vsan-vdi-b", "lun-1"] })(inventory),
    `cluster: "lun-2" of "luns" is not reached by 1 host of "milano-vdi-b": "${ESX("b01")}"; mount it there, or take it out of the storage cluster`,
  ],
  [
    "smaller members",
    (inventory) => ({
      ...inventory,
      datastores: inventory.datastores.map((one) => (one.name === "lun-1" ? { ...one, capacityGib: 500 } : one)),
    }),
    'capacityGib: the datastores of "luns" have 1500 GiB together, not 2000; write at most 1500',
  ],
])("%s is told", (_, change, expected) => {
  const told = found(change, file()).filter((line) => line.startsWith("wrong: platform.datastores[name=luns]."));
  expect(told).toEqual([`wrong: platform.datastores[name=luns].${expected}`]);
});
