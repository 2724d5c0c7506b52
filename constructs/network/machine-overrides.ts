import { DrsVmOverride } from "@cdktf/provider-vsphere/lib/drs-vm-override";
import { HaVmOverride } from "@cdktf/provider-vsphere/lib/ha-vm-override";
import { Construct } from "constructs";

/** What vSphere HA and DRS do with one machine otherwise than with the others of its cluster. */
export interface MachineOverridesProps {
  /** Managed object id of the machine's cluster. */
  readonly clusterId: string;
  /** The machine's UUID, as the provider has it for its id. */
  readonly machineId: string;
  /** When vSphere HA starts it after a host has failed. @default - as the cluster says */
  readonly restartPriority?: "highest" | "high" | "medium" | "low" | "lowest" | undefined;
  /** What DRS does with it by itself: place it when it starts, move it while it runs. @default - as the cluster says */
  readonly automationLevel?: "manual" | "partiallyAutomated" | "fullyAutomated" | undefined;
}

/**
 * A machine's overrides of its cluster's vSphere HA and DRS. They belong to the cluster's settings, so another cluster
 * replaces them. The provider sends a restart priority together with that hosts have a timeout for a storage path that
 * is down, which is ESXi's default (2.15.0, `expandClusterVMComponentProtectionSettings`).
 */
export class MachineOverrides extends Construct {
  public constructor(scope: Construct, id: string, props: MachineOverridesProps) {
    super(scope, id);
    const machine = { computeClusterId: props.clusterId, virtualMachineId: props.machineId };
    const { restartPriority, automationLevel } = props;
    if (restartPriority !== undefined)
      new HaVmOverride(this, "restart-priority", { ...machine, haVmRestartPriority: restartPriority });
    if (automationLevel !== undefined)
      new DrsVmOverride(this, "automation-level", {
        ...machine,
        drsEnabled: true,
        drsAutomationLevel: automationLevel,
      });
  }
}
