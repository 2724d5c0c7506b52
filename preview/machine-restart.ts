import { isDeepStrictEqual } from "node:util";
import type { Values } from "./resource-change";

/**
 * Arguments of `vsphere_virtual_machine` whose change makes the provider restart a running machine: those marked
 * `reboot_required` in its source, 2.15.0 (`virtual_machine_config_structure.go`,
 * `virtual_machine_device_subresource.go`).
 */
const RESTARTING = [
  "alternate_guest_name",
  "cpu_hot_add_enabled",
  "cpu_hot_remove_enabled",
  "cpu_performance_counters_enabled",
  "efi_secure_boot_enabled",
  "enable_disk_uuid",
  "enable_logging",
  "ept_rvi_mode",
  "firmware",
  "guest_id",
  "hv_mode",
  "memory_hot_add_enabled",
  "nested_hv_enabled",
  "num_cores_per_socket",
  "pci_device_id",
  "run_tools_scripts_after_power_on",
  "run_tools_scripts_after_resume",
  "run_tools_scripts_before_guest_reboot",
  "run_tools_scripts_before_guest_shutdown",
  "run_tools_scripts_before_guest_standby",
  "scsi_type",
  "swap_placement_policy",
  "tools_upgrade_policy",
  "vapp",
  "vbs_enabled",
  "vtpm",
  "vvtd_enabled",
];

/** Whether a change in place makes the provider restart a running machine. */
export function restarts(values: Values): boolean {
  return (
    RESTARTING.some((name) => differs(values, name)) ||
    resized(values, "num_cpus", "cpu_hot_add_enabled", "cpu_hot_remove_enabled") ||
    resized(values, "memory", "memory_hot_add_enabled") ||
    (differs(values, "extra_config") && values.after.extra_config_reboot_required !== false) ||
    newerHardware(values) ||
    fewerDevices(values, "network_interface") ||
    adapterType(values)
  );
}

function differs({ before, after }: Values, name: string): boolean {
  return !isDeepStrictEqual(before[name], after[name]);
}

/** Hot-add and hot-remove count as they were set before the change. */
function resized({ before, after }: Values, name: string, hotAdd: string, hotRemove?: string): boolean {
  const [from, to] = [Number(before[name]), Number(after[name])];
  if (from < to) return before[hotAdd] !== true;
  return from > to && (hotRemove === undefined || before[hotRemove] !== true);
}

function newerHardware({ before, after }: Values): boolean {
  return Number(after.hardware_version) > Number(before.hardware_version);
}

function fewerDevices({ before, after }: Values, name: string): boolean {
  return listOf(after[name]).length < listOf(before[name]).length;
}

function adapterType({ before, after }: Values): boolean {
  const types = ({ network_interface }: Values["before"]): unknown[] => listOf(network_interface).map(typeOfAdapter);
  const [old, fresh] = [types(before), types(after)];
  return fresh.some((type, index) => index < old.length && type !== old[index]);
}

function typeOfAdapter(adapter: unknown): unknown {
  return (adapter as { readonly adapter_type?: unknown } | null)?.adapter_type;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
