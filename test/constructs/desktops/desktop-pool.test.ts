import { describe, expect, test } from "@jest/globals";
import { DesktopPool } from "../../../constructs/desktops/desktop-pool";
import type { DesktopPoolProps } from "../../../constructs/desktops/desktop-pool";
import { synthesize } from "../../fixtures/synthesized";

const PROPS: DesktopPoolProps = {
  seats: ["mi-ana-0001", "mi-ana-0003"],
  dedicated: true,
  annotation: "MI6.1.1.b",
  template: "win11-2026-10",
  guestId: "windows11_64Guest",
  firmware: "efi",
  secureBoot: true,
  cpus: 4,
  memoryGib: 8,
  diskGib: 80,
  waitForGuest: false,
  datacenterId: "datacenter-2",
  folder: "milan/anagrafe",
  resourcePoolId: "resgroup-8",
  datastoreId: "datastore-11",
  networkId: "dvportgroup-20",
  tags: ["tag-1", "tag-2"],
};

function machines(props: Partial<DesktopPoolProps> = {}) {
  return synthesize((scope) => new DesktopPool(scope, "pool", { ...PROPS, ...props }));
}

describe("DesktopPool", () => {
  test("declares one resource for all seats, keyed by their names", () => {
    const pool = machines().resource("vsphere_virtual_machine");
    expect(pool).toMatchObject({
      for_each: '${toset(["mi-ana-0001","mi-ana-0003"])}',
      name: "${each.key}",
    });
  });

  test("clones the template that it looks up by name", () => {
    const stack = machines();
    expect(stack.data("vsphere_virtual_machine")).toMatchObject([
      { name: "win11-2026-10", datacenter_id: "datacenter-2" },
    ]);
    expect(stack.resource("vsphere_virtual_machine").clone).toEqual({
      template_uuid: expect.stringMatching(/^\$\{data\.vsphere_virtual_machine\.pool_template_\w+\.id\}$/),
    });
  });

  test("puts all CPUs in one socket and says memory in MiB", () => {
    expect(machines().resource("vsphere_virtual_machine")).toMatchObject({
      num_cpus: 4,
      num_cores_per_socket: 4,
      memory: 8192,
    });
  });

  test("boots from EFI with secure boot", () => {
    expect(machines().resource("vsphere_virtual_machine")).toMatchObject({
      firmware: "efi",
      efi_secure_boot_enabled: true,
    });
  });

  test("stands in the folder, resource pool, datastore and network given, with the tags given", () => {
    expect(machines().resource("vsphere_virtual_machine")).toMatchObject({
      folder: "milan/anagrafe",
      resource_pool_id: "resgroup-8",
      datastore_id: "datastore-11",
      network_interface: [{ network_id: "dvportgroup-20", adapter_type: "vmxnet3" }],
      disk: [{ label: "disk0", size: 80, thin_provisioned: true }],
      tags: ["tag-1", "tag-2"],
    });
  });

  test.each([
    [false, 0],
    [true, 5],
  ])("with waitForGuest %p waits %p minutes for the guest's network", (waitForGuest, minutes) => {
    expect(machines({ waitForGuest }).resource("vsphere_virtual_machine")).toMatchObject({
      wait_for_guest_net_timeout: minutes,
      wait_for_guest_ip_timeout: 0,
    });
  });

  test("tells other constructs the ids of all its machines in one expression", () => {
    synthesize((scope) => {
      const pool = new DesktopPool(scope, "pool", PROPS);
      expect(pool.machineIds).toHaveLength(1);
    });
  });

  test("lists every failure in one error that names the construct", () => {
    const bad = { seats: ["mi-ana-0001", "mi-ana-0001", "a-name-far-too-long"], firmware: "bios" as const };
    expect(() => machines(bad)).toThrow(
      "test/pool: seat name a-name-far-too-long has more than 15 characters; " +
        "1 seat names are given more than once; secure boot needs EFI firmware",
    );
  });

  test("keeps a person's machine when its template changes, and replaces a floating one", () => {
    const lifecycle = (dedicated: boolean) => machines({ dedicated }).resource("vsphere_virtual_machine").lifecycle;
    expect(lifecycle(true)).toEqual({ ignore_changes: ["clone"] });
    expect(lifecycle(false)).toBeUndefined();
  });

  test("has the template's kind of disk controller, which the guest boots from", () => {
    expect(machines().resource("vsphere_virtual_machine").scsi_type).toMatch(
      /^\$\{data\.vsphere_virtual_machine\.pool_template_\w+\.scsi_type\}$/,
    );
  });

  test("without seats stays declared, so that a plan shows each machine that goes", () => {
    expect(machines({ seats: [] }).resource("vsphere_virtual_machine").for_each).toBe("${toset([])}");
  });
});
