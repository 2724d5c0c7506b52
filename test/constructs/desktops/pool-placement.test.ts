import { describe, expect, test } from "@jest/globals";
import { DesktopPool } from "../../../constructs/desktops/desktop-pool";
import { PoolPlacement } from "../../../constructs/desktops/pool-placement";
import type { PoolPlacementProps } from "../../../constructs/desktops/pool-placement";
import { synthesize } from "../../fixtures/synthesized";

function placement(props: Pick<PoolPlacementProps, "antiAffinity" | "hostGroup">) {
  return synthesize((scope) => {
    const pool = new DesktopPool(scope, "pool", {
      seats: [{ name: "mi-sal-0001", template: { name: "t" }, place: "a", persistent: true }],
      removed: [],
      annotation: "",
      template: { name: "t" },
      guestId: "windows11_64Guest",
      firmware: "efi",
      secureBoot: true,
      cpus: 2,
      memoryGib: 4,
      diskGib: 64,
      waitForGuest: false,
      datacenterId: "dc",
      folder: "f",
      places: new Map([["a", { resourcePoolId: "rp.id", datastoreId: "ds.id" }]]),
      networkId: "n",
      tags: [],
      holderAttributes: { staffId: "101", directorateId: "102" },
    });
    new PoolPlacement(scope, "placement", { pool, name: "milan-sala-01", clusterId: "domain-c1", ...props });
  });
}

const MACHINE_IDS = expect.stringMatching(
  /^\$\{concat\(\[for machine in vsphere_virtual_machine\.pool_kept_\w+ : machine\.id\], \[for machine in vsphere_virtual_machine\.pool_replaceable_\w+ : machine\.id\]\)\}$/,
);

describe("PoolPlacement", () => {
  test("keeps machines apart where anti-affinity is asked for", () => {
    const stack = placement({ antiAffinity: true });
    expect(stack.resource("vsphere_compute_cluster_vm_anti_affinity_rule")).toMatchObject({
      name: "milan-sala-01-apart",
      compute_cluster_id: "domain-c1",
      virtual_machine_ids: MACHINE_IDS,
      mandatory: true,
    });
  });

  test("binds machines to a host group by a mandatory rule", () => {
    const stack = placement({ hostGroup: "gpu" });
    expect(stack.resource("vsphere_compute_cluster_vm_group")).toMatchObject({ name: "milan-sala-01-machines" });
    expect(stack.resource("vsphere_compute_cluster_vm_host_rule")).toMatchObject({
      affinity_host_group_name: "gpu",
      vm_group_name: expect.stringContaining("vsphere_compute_cluster_vm_group"),
      mandatory: true,
    });
  });

  test("declares nothing where neither is asked for", () => {
    expect(Object.keys(placement({}).json.resource ?? {})).toEqual(["vsphere_virtual_machine"]);
  });
});
