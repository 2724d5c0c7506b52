import { describe, expect, test } from "@jest/globals";
import { restarts } from "../../preview/machine-restart";

const MACHINE = {
  num_cpus: 2,
  num_cores_per_socket: 2,
  memory: 4096,
  cpu_hot_add_enabled: false,
  cpu_hot_remove_enabled: false,
  memory_hot_add_enabled: false,
  hardware_version: 19,
  network_interface: [{ adapter_type: "vmxnet3", network_id: "dvportgroup-1" }],
  extra_config: {},
};

function restartsFor(after: object, before: object = {}): boolean {
  return restarts({ before: { ...MACHINE, ...before }, after: { ...MACHINE, ...before, ...after } });
}

interface Row {
  readonly what: string;
  readonly after: object;
  readonly before?: object;
}

describe("a machine that changes in place", () => {
  test.each<Row>([
    { what: "more CPUs", after: { num_cpus: 4 } },
    { what: "fewer CPUs than may be taken away", after: { num_cpus: 1 }, before: { cpu_hot_add_enabled: true } },
    { what: "more memory", after: { memory: 8192 } },
    { what: "less memory, whatever may be added", after: { memory: 2048 }, before: { memory_hot_add_enabled: true } },
    { what: "other cores a socket", after: { num_cores_per_socket: 1 } },
    { what: "guestinfo", after: { extra_config: { "guestinfo.userdata": "x" } } },
    { what: "newer virtual hardware", after: { hardware_version: 21 } },
    { what: "a TPM", after: { vtpm: [{ version: "2.0" }] } },
    { what: "one adapter fewer", after: { network_interface: [] } },
    {
      what: "another adapter",
      after: { network_interface: [{ adapter_type: "e1000e", network_id: "dvportgroup-1" }] },
    },
    { what: "secure boot", after: { efi_secure_boot_enabled: true } },
  ])("is restarted for $what", ({ after, before }) => {
    expect(restartsFor(after, before)).toBe(true);
  });

  test.each<Row>([
    { what: "nothing", after: {} },
    {
      what: "another network",
      after: { network_interface: [{ adapter_type: "vmxnet3", network_id: "dvportgroup-2" }] },
    },
    {
      what: "one adapter more",
      after: { network_interface: [...MACHINE.network_interface, { adapter_type: "vmxnet3" }] },
    },
    { what: "a larger disk", after: { disk: [{ size: 40 }] }, before: { disk: [{ size: 32 }] } },
    { what: "its annotation, tags and folder", after: { annotation: "b", tags: ["t"], folder: "f" } },
    { what: "more CPUs where they may be added", after: { num_cpus: 4 }, before: { cpu_hot_add_enabled: true } },
    { what: "more memory where it may be added", after: { memory: 8192 }, before: { memory_hot_add_enabled: true } },
    {
      what: "fewer CPUs where they may be taken away",
      after: { num_cpus: 1 },
      before: { cpu_hot_remove_enabled: true },
    },
    { what: "guestinfo that needs none", after: { extra_config: { a: "b" }, extra_config_reboot_required: false } },
    { what: "another place", after: { datastore_id: "datastore-2", resource_pool_id: "resgroup-2" } },
  ])("runs on for $what", ({ after, before }) => {
    expect(restartsFor(after, before)).toBe(false);
  });
});
