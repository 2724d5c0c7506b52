import { describe, expect, test } from "@jest/globals";
import { DesktopPool } from "../../../constructs/desktops/desktop-pool";
import type { DesktopPoolProps } from "../../../constructs/desktops/desktop-pool";
import type { DesktopSeat } from "../../../constructs/desktops/desktop-seat";
import { synthesize } from "../../fixtures/synthesized";
import type { Block } from "../../fixtures/synthesized";

const OCTOBER = { name: "win11-2026-10" };
const NOVEMBER = { name: "win11-2026-11" };

function seat(number: number, changes: Partial<DesktopSeat> = {}): DesktopSeat {
  return { name: `mi-ana-000${String(number)}`, template: OCTOBER, place: "a", persistent: false, ...changes };
}

const PROPS: DesktopPoolProps = {
  seats: [seat(1), seat(3)],
  removed: [],
  annotation: "MI6.1.1.b",
  template: OCTOBER,
  guestId: "windows11_64Guest",
  firmware: "efi",
  secureBoot: true,
  cpus: 4,
  memoryGib: 8,
  diskGib: 80,
  waitForGuest: false,
  datacenterId: "datacenter-2",
  folder: "milan/anagrafe",
  places: new Map([
    ["a", { resourcePoolId: "resource_pool.a.id", datastoreId: "datastore.a.id" }],
    ["b", { resourcePoolId: "resource_pool.b.id", datastoreId: "datastore.b.id" }],
  ]),
  networkId: "dvportgroup-20",
  tags: ["tag-1", "tag-2"],
  holderAttributes: { staffId: "101", directorateId: "102" },
};

function machines(props: Partial<DesktopPoolProps> = {}) {
  return synthesize((scope) => new DesktopPool(scope, "pool", { ...PROPS, ...props }));
}

function moves(props: Partial<DesktopPoolProps>) {
  return machines(props).json.moved ?? [];
}

/** The two resources, in the order of their ids, each with the `for_each` that it refers to. */
function byKind(props?: Partial<DesktopPoolProps>) {
  const stack = machines(props);
  const [kept, replaceable] = stack
    .resources("vsphere_virtual_machine")
    .map((block): Block => ({ ...block, for_each: stack.forEach(block) }));
  return { kept, replaceable };
}

describe("DesktopPool", () => {
  test("declares one resource for all seats of a kind, keyed by their names", () => {
    expect(byKind().replaceable).toMatchObject({
      for_each: '${toset(["mi-ana-0001","mi-ana-0003"])}',
      name: "${each.key}",
    });
  });

  test("has no for_each that Terraform would parse anew for each seat", () => {
    for (const { for_each } of machines().resources("vsphere_virtual_machine")) {
      expect(for_each).toMatch(/^\$\{local\.pool_(kept|replaceable)-seats_\w+\}$/);
    }
  });

  test("clones the template that it looks up by name", () => {
    const stack = machines();
    expect(stack.data("vsphere_virtual_machine")).toMatchObject([
      { name: "win11-2026-10", datacenter_id: "datacenter-2" },
    ]);
    expect(byKind().replaceable?.clone).toEqual({
      template_uuid: expect.stringMatching(
        /^\$\{data\.vsphere_virtual_machine\.pool_templates_win11-2026-10_\w+\.id\}$/,
      ),
    });
  });

  test("makes linked clones where they are asked for, but of machines that are kept", () => {
    const { kept, replaceable } = byKind({ linkedClones: true });
    expect(replaceable).toHaveProperty("clone.linked_clone", true);
    expect(kept).not.toHaveProperty("clone.linked_clone");
  });

  test("puts all CPUs in one socket and says memory in MiB", () => {
    expect(byKind().replaceable).toMatchObject({
      num_cpus: 4,
      num_cores_per_socket: 4,
      memory: 8192,
    });
  });

  test("boots from EFI with secure boot", () => {
    expect(byKind().replaceable).toMatchObject({
      firmware: "efi",
      efi_secure_boot_enabled: true,
    });
  });

  test("gives a clone the minutes that it is told, and otherwise leaves them to the provider", () => {
    expect(byKind({ cloneMinutes: 55 }).replaceable?.clone).toMatchObject({ timeout: 55 });
    expect(byKind().replaceable?.clone).not.toHaveProperty("timeout");
  });

  test("customizes the guest of a clone where that is asked for", () => {
    const customization = { timeZone: "UTC", domain: "vdi.comune.milano.example" } as const;
    expect(byKind({ customization, waitForGuest: true }).replaceable?.clone).toMatchObject({
      customize: {
        network_interface: [{}],
        timeout: 5,
        windows_options: { computer_name: "${each.key}", workgroup: "WORKGROUP", time_zone: 90 },
      },
    });
  });

  test("stands in the folder, place and network given, with the tags given", () => {
    expect(byKind().replaceable).toMatchObject({
      folder: "milan/anagrafe",
      resource_pool_id: "${resource_pool.a.id}",
      datastore_id: "${datastore.a.id}",
      network_interface: [{ network_id: "dvportgroup-20", adapter_type: "vmxnet3" }],
      disk: [{ label: "disk0", size: 80, thin_provisioned: true }],
      tags: ["tag-1", "tag-2"],
    });
  });

  test.each([
    [false, 0],
    [true, 5],
  ])("with waitForGuest %p waits %p minutes for the guest's network", (waitForGuest, minutes) => {
    expect(byKind({ waitForGuest }).replaceable).toMatchObject({
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
    const bad = { seats: [seat(1), seat(1), seat(2, { name: "a-name-far-too-long" })], firmware: "bios" as const };
    expect(() => machines(bad)).toThrow(
      "test/pool: seat name a-name-far-too-long has more than 15 characters; " +
        "1 seat names are given more than once; secure boot needs EFI firmware",
    );
  });

  test("has the template's kind of disk controller, which the guest boots from", () => {
    expect(byKind().replaceable?.scsi_type).toMatch(
      /^\$\{data\.vsphere_virtual_machine\.pool_templates_win11-2026-10_\w+\.scsi_type\}$/,
    );
  });

  test("without seats stays declared, so that a plan shows each machine that goes", () => {
    expect(byKind({ seats: [] }).replaceable?.for_each).toBe("${toset([])}");
  });

  test("clones each seat from its own template, where they differ", () => {
    const seats = [seat(1), seat(2, { template: NOVEMBER })];
    expect(machines({ seats }).data("vsphere_virtual_machine")).toHaveLength(2);
    expect(byKind({ seats }).replaceable).toMatchObject({
      for_each: '${{"mi-ana-0001":{"template":"win11-2026-10"},"mi-ana-0002":{"template":"win11-2026-11"}}}',
      clone: {
        template_uuid: expect.stringMatching(
          /^\$\{\{"win11-2026-10" = data\.\S+_win11-2026-10_\w+\.id, "win11-2026-11" = data\.\S+\.id\}\[each\.value\.template\]\}$/,
        ),
      },
    });
  });

  test("puts each seat in its own place, where they differ", () => {
    const seats = [seat(1), seat(2, { place: "b" })];
    expect(byKind({ seats }).replaceable).toMatchObject({
      for_each: '${{"mi-ana-0001":{"place":"a"},"mi-ana-0002":{"place":"b"}}}',
      resource_pool_id: '${{"a" = resource_pool.a.id, "b" = resource_pool.b.id}[each.value.place]}',
      datastore_id: '${{"a" = datastore.a.id, "b" = datastore.b.id}[each.value.place]}',
    });
    expect(byKind({ seats: [seat(1, { place: "b" })] })).toMatchObject({
      kept: { for_each: "${toset([])}", datastore_id: "${datastore.a.id}" },
      replaceable: { for_each: '${toset(["mi-ana-0001"])}', datastore_id: "${datastore.b.id}" },
    });
  });

  test("says of each dedicated seat who has it, and of a floating one nothing", () => {
    const held = (staff: string) => ({ holder: { staff, directorate: "anagrafe" } });
    const { replaceable } = byKind({ seats: [seat(1, held("MI900101")), seat(2, held("free"))] });
    expect(replaceable).toMatchObject({
      for_each: '${{"mi-ana-0001":{"staff":"MI900101"},"mi-ana-0002":{"staff":"free"}}}',
      custom_attributes: { "101": "${each.value.staff}", "102": "anagrafe" },
    });
    expect(byKind().replaceable?.custom_attributes).toBeUndefined();
  });

  test("leaves a machine with a holder the custom attributes of others that are named, and one without all", () => {
    const seats = [seat(1, { persistent: true, holder: { staff: "MI900101", directorate: "anagrafe" } }), seat(2)];
    const { kept, replaceable } = byKind({ seats, othersAttributes: [301] });
    expect(kept?.lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(['custom_attributes["301"]']) });
    expect(kept?.lifecycle).toMatchObject({ ignore_changes: expect.not.arrayContaining(["custom_attributes"]) });
    expect(replaceable?.lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(["custom_attributes"]) });
  });
});

describe("a pool of which some seats are kept", () => {
  const seats = [seat(1, { persistent: true }), seat(2), seat(3, { persistent: true })];
  test("has the kept machines in one resource and the others in a second", () => {
    expect(byKind({ seats })).toMatchObject({
      kept: { for_each: '${toset(["mi-ana-0001","mi-ana-0003"])}' },
      replaceable: { for_each: '${toset(["mi-ana-0002"])}' },
    });
  });

  test("lets Terraform neither destroy a kept machine nor give it anything of another image", () => {
    expect(byKind({ seats }).kept?.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: [
        "annotation",
        "cdrom",
        "clone",
        "custom_attributes",
        "disk[0].eagerly_scrub",
        "disk[0].label",
        "disk[0].size",
        "disk[0].thin_provisioned",
        "disk[1].eagerly_scrub",
        "disk[1].label",
        "disk[1].size",
        "disk[1].thin_provisioned",
        "disk[2].eagerly_scrub",
        "disk[2].label",
        "disk[2].size",
        "disk[2].thin_provisioned",
        "disk[3].eagerly_scrub",
        "disk[3].label",
        "disk[3].size",
        "disk[3].thin_provisioned",
        "efi_secure_boot_enabled",
        "enable_logging",
        "firmware",
        "guest_id",
        "nested_hv_enabled",
        "network_interface[0].adapter_type",
        "scsi_type",
        "tags",
      ],
    });
  });

  test("leaves every machine what others write into it, and its disks' sizes but where they are to grow", () => {
    const others = ["annotation", "cdrom", "clone[0].timeout", "custom_attributes", "disk[0].label", "tags"];
    const sizes = [0, 1, 2, 3].map((disk) => `disk[${String(disk)}].size`);
    const { kept, replaceable } = byKind({ seats });
    expect(replaceable?.lifecycle).toEqual({ ignore_changes: [...others, ...sizes].sort() });
    const ofKept = [...others.filter((name) => !name.startsWith("clone")), "clone", ...sizes];
    expect(kept?.lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(ofKept) });
    const growing = byKind({ seats, growDisks: true });
    expect(growing.replaceable?.lifecycle).toEqual({ ignore_changes: others });
    expect(growing.kept?.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: expect.not.arrayContaining(sizes),
    });
  });

  test("asks for virtualization-based security where it is said, and leaves a kept machine what it has of it", () => {
    const flags = { vbs_enabled: true, vvtd_enabled: true, nested_hv_enabled: true };
    const { kept, replaceable } = byKind({ seats, vbs: true });
    expect(replaceable).toMatchObject(flags);
    expect(kept?.lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining(["nested_hv_enabled", "vbs_enabled", "vvtd_enabled"]),
    });
    // vSphere provider 1.26.0 does not know the attributes.
    const without = byKind({ seats });
    expect(JSON.stringify(without)).not.toMatch(/vbs_enabled|vvtd_enabled/);
  });

  test("leaves a kept machine the TPM that it was made with, where vCenter has a key provider", () => {
    const { kept, replaceable } = byKind({ seats, tpm: true, keyProvider: "nkp" });
    expect(kept).toMatchObject({
      vtpm: { version: "2.0" },
      lifecycle: { ignore_changes: expect.arrayContaining(["vtpm"]) },
    });
    expect(replaceable).toMatchObject({ vtpm: { version: "2.0" } });
  });

  test("gives every machine its disks", () => {
    const { kept, replaceable } = byKind({ seats, dataDiskGib: 40 });
    const disks = [{ label: "disk0" }, { label: "disk1", size: 40 }];
    expect([kept?.disk, replaceable?.disk]).toMatchObject([disks, disks]);
  });

  test("lets it destroy them where the stack is being torn down", () => {
    expect(byKind({ seats, teardown: true }).kept?.lifecycle).toMatchObject({ prevent_destroy: false });
  });

  test("moves each seat to where it belongs, wherever it was, and those that were given up to where they may go", () => {
    const ways = moves({ seats, removed: ["mi-ana-0004"] }).map(({ from, to }) =>
      `${from} > ${to}`.replace(/vsphere_virtual_machine.pool_|_[0-9A-F]{8}/g, ""),
    );
    expect(ways).toEqual([
      'replaceable["mi-ana-0001"] > kept["mi-ana-0001"]',
      'replaceable["mi-ana-0003"] > kept["mi-ana-0003"]',
      'kept["mi-ana-0002"] > replaceable["mi-ana-0002"]',
      'kept["mi-ana-0004"] > replaceable["mi-ana-0004"]',
    ]);
  });

  test("adopts the machines of its kept seats that exist already", () => {
    const adopting = [seat(1, { persistent: true, adopted: "/Milano/vm/old/PC-1" }), seat(3, { persistent: true })];
    const stack = machines({ seats: adopting });
    expect(stack.forEach(stack.json.import?.[0])).toBe('${{"mi-ana-0001":"/Milano/vm/old/PC-1"}}');
    expect(stack.json.import).toEqual([
      {
        for_each: expect.stringMatching(/^\$\{local\.pool_imports_paths_\w+\}$/),
        to: expect.stringMatching(/^vsphere_virtual_machine\.pool_kept_\w+\[each\.key\]$/),
        id: "${each.value}",
      },
    ]);
    expect(machines({ seats }).json.import).toBeUndefined();
    expect(() => machines({ seats: [seat(2, { adopted: "/Milano/vm/old/PC-2" })] })).toThrow(
      "seat mi-ana-0002 adopts a machine and is not persistent",
    );
  });

  test("without seats refers to the pool's own template", () => {
    const stack = machines({ seats: [] });
    expect(stack.data("vsphere_virtual_machine")).toMatchObject([OCTOBER]);
    expect(moves({ seats: [] })).toEqual([]);
  });
});
