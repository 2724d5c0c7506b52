import { isDeepStrictEqual } from "node:util";
import type { Values } from "./resource-change";

/** The power of a machine that does not run. */
export type StoppedPower = "off" | "suspended";

/**
 * Attributes whose change alone reconfigures no machine: vCenter moves or marks it, or only the provider waits longer
 * (2.15.0, `resourceVSphereVirtualMachineUpdate`). `ignored_guest_ips` to `wait_for_guest_net_timeout` are the provider's own.
 */
const NOT_RECONFIGURING = new Set([
  ...["tags", "custom_attributes", "folder", "resource_pool_id", "host_system_id", "datastore_id", "imported"],
  ...[
    "ignored_guest_ips",
    "extra_config_reboot_required",
    "force_power_off",
    "migrate_wait_timeout",
    "poweron_timeout",
  ],
  ...[
    "shutdown_wait_timeout",
    "wait_for_guest_ip_timeout",
    "wait_for_guest_net_routable",
    "wait_for_guest_net_timeout",
  ],
]);

/**
 * Whether a change in place starts a machine that does not run: the provider starts every machine that it reconfigured
 * (2.15.0 and 2.16.1). Provider 1.26.0 does not read the power.
 * @returns the machine's power now; undefined where it runs or is not started
 */
export function startedFrom(values: Values): StoppedPower | undefined {
  const { power_state: power } = values.before;
  if (power !== "off" && power !== "suspended") return undefined;
  return Object.keys(values.after).some((name) => reconfigures(name, values)) ? power : undefined;
}

/** Values that vCenter fills in are unknown or the same before an apply. */
function reconfigures(name: string, { before, after }: Values): boolean {
  return !NOT_RECONFIGURING.has(name) && name in before && !isDeepStrictEqual(before[name], after[name]);
}
