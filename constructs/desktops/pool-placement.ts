import { ComputeClusterVmAntiAffinityRule } from "@cdktf/provider-vsphere/lib/compute-cluster-vm-anti-affinity-rule";
import { ComputeClusterVmGroup } from "@cdktf/provider-vsphere/lib/compute-cluster-vm-group";
import { ComputeClusterVmHostRule } from "@cdktf/provider-vsphere/lib/compute-cluster-vm-host-rule";
import { Construct } from "constructs";
import type { DesktopPool } from "./desktop-pool";

/** The hosts of its cluster on which a pool's machines may run. */
export interface PoolPlacementProps {
  /** The machines. */
  readonly pool: DesktopPool;
  /** Name of the rules and groups, unique in the cluster. */
  readonly name: string;
  /** Managed object id of the cluster. */
  readonly clusterId: string;
  /** Run every two machines on different hosts. @default false */
  readonly antiAffinity?: boolean;
  /** Name of the DRS host group that the machines must run in. @default - any host */
  readonly hostGroup?: string | undefined;
}

/** The DRS rules of a pool. Without anti-affinity and host group it creates nothing. */
export class PoolPlacement extends Construct {
  public constructor(scope: Construct, id: string, props: PoolPlacementProps) {
    super(scope, id);
    if (props.antiAffinity === true) this.keepApart(props);
    if (props.hostGroup !== undefined) this.bindTo(props.hostGroup, props);
  }

  private keepApart({ name, clusterId, pool }: PoolPlacementProps): void {
    new ComputeClusterVmAntiAffinityRule(this, "anti-affinity", {
      name: `${name}-apart`,
      computeClusterId: clusterId,
      virtualMachineIds: pool.machineIds,
      mandatory: true,
    });
  }

  private bindTo(hostGroup: string, { name, clusterId, pool }: PoolPlacementProps): void {
    const machines = new ComputeClusterVmGroup(this, "machines", {
      name: `${name}-machines`,
      computeClusterId: clusterId,
      virtualMachineIds: pool.machineIds,
    });
    new ComputeClusterVmHostRule(this, "hosts", {
      name: `${name}-hosts`,
      computeClusterId: clusterId,
      vmGroupName: machines.name,
      affinityHostGroupName: hostGroup,
      mandatory: true,
    });
  }
}
