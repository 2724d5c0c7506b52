import { ComputeClusterVmAntiAffinityRule } from "@cdktf/provider-vsphere/lib/compute-cluster-vm-anti-affinity-rule";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import type { Construct } from "constructs";
import { GatewayMachine, MachineOverrides } from "../constructs/network";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import { restartsForGuestinfo } from "./deployment";
import type { FoundationStack } from "./foundation-stack";
import type { NetworkStack } from "./network-stack";
import type { PlannedGateway } from "./plans/gateway-machines";

/** One gateway, and the stacks that it refers to. */
export interface GatewayStackProps extends CityStackProps {
  /** The gateway. */
  readonly gateway: PlannedGateway;
  /** The city's folders, resource pools and tags. */
  readonly foundation: FoundationStack;
  /** The city's segments. */
  readonly network: NetworkStack;
  /** The gateway's stack that is deployed before this one; undefined for the first of all. */
  readonly before: GatewayStack | undefined;
}

/**
 * `<city>-gateway-a`, `<city>-gateway-b` and so on: one gateway each, deployed one after the other, so that one always runs. So are
 * the access machines, `<city>-access-a` and `<city>-access-b`, which are made alike.
 */
export class GatewayStack extends CityStack {
  private readonly clusterId: string;
  private readonly machineId: string;
  private readonly planned: PlannedGateway;

  public constructor(scope: Construct, props: GatewayStackProps) {
    const { gateway, foundation, network, before, deployment } = props;
    super(scope, gateway.part, props);
    this.useVsphere();
    const datacenterId = this.datacenter();
    const container = foundation.container(gateway.part);
    this.planned = gateway;
    this.clusterId = this.cluster(this, "cluster", gateway.cluster, datacenterId).id;
    this.machineId = new GatewayMachine(this, "gateway", {
      ...gateway.machine,
      restartsForGuestinfo: restartsForGuestinfo(deployment),
      adapters: gateway.adapters.map(({ segment, macAddress }) => ({
        networkId: network.networkId(segment),
        macAddress,
      })),
      datacenterId,
      folder: container.folder,
      resourcePoolId: container.resourcePoolId(gateway.cluster),
      datastoreId: new DataVsphereDatastore(this, "datastore", { name: gateway.datastore, datacenterId }).id,
      tags: foundation.tags.project,
    }).machineId;
    const { clusterId, machineId } = this;
    new MachineOverrides(this, "overrides", { ...gateway.overrides, clusterId, machineId });
    if (before !== undefined) this.standAfter(before);
  }

  /** Deploys this one after another, and keeps two of a pair on different hosts where they share a cluster. */
  private standAfter(before: GatewayStack): void {
    const { pair, cluster } = this.planned;
    this.addDependency(before);
    if (pair !== before.planned.pair || cluster !== before.planned.cluster) return;
    new ComputeClusterVmAntiAffinityRule(this, "anti-affinity", {
      name: `${this.city.city.id}-${pair}-apart`,
      computeClusterId: this.clusterId,
      virtualMachineIds: [before.machineId, this.machineId],
      mandatory: true,
    });
  }
}
