import { ComputeClusterVmAntiAffinityRule } from "@cdktf/provider-vsphere/lib/compute-cluster-vm-anti-affinity-rule";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import type { Construct } from "constructs";
import { GatewayMachine } from "../constructs/network";
import type { GatewayMachineProps } from "../constructs/network";
import { datastoreOf } from "../environments/seats/places";
import { gatewayPart } from "../environments/network/gateway-plan";
import type { Gateway } from "../environments/model/gateway";
import { networkPlan } from "../environments/network/network-plan";
import type { GatewayPlan, Member } from "../segmentation/gateway";
import { cloudInit } from "../segmentation/render/cloud-init";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import type { FoundationStack } from "./foundation-stack";
import type { NetworkStack } from "./network-stack";

/** One gateway, and what it stands on. */
export interface GatewayStackProps extends CityStackProps {
  /** Which of the two. */
  readonly member: Member;
  /** What the city's file says of both. */
  readonly gateway: Gateway;
  /** What both are given. */
  readonly plan: GatewayPlan;
  /** The city's folders, resource pools and tags. */
  readonly foundation: FoundationStack;
  /** The city's segments. */
  readonly network: NetworkStack;
  /** The stack of the first gateway, which is deployed before. @default - this is the first */
  readonly first?: GatewayStack;
}

/** `<city>-gateway-a` and `<city>-gateway-b`: one gateway each, the second after the first, so that one always stands. */
export class GatewayStack extends CityStack {
  /** Managed object id of the machine. */
  public readonly machineId: string;

  public constructor(scope: Construct, props: GatewayStackProps) {
    super(scope, gatewayPart(props.member), props);
    this.useVsphere();
    const datacenterId = this.datacenter();
    this.machineId = new GatewayMachine(this, "gateway", {
      ...this.definition(props),
      ...this.surroundings(props, datacenterId),
    }).machineId;
    if (props.first !== undefined) this.standAfter(props.first, props, datacenterId);
  }

  private definition({ member, gateway, plan, network }: GatewayStackProps): Definition {
    const { template, guestId, firmware, cpus, memoryGib, diskGib, waitForGuest } = gateway;
    return {
      name: plan.names[member],
      annotation: `${this.city.project.code}, gateway of ${this.city.city.name}`,
      ...{ template, guestId, firmware, cpus, memoryGib, diskGib, waitForGuest },
      adapters: plan.interfaces.map(({ segment, macs }) => ({
        networkId: network.networkId(segment),
        macAddress: macs[member],
      })),
      ...cloudInit(networkPlan(this.city), plan, member),
    };
  }

  private surroundings({ member, gateway, foundation }: GatewayStackProps, datacenterId: string): Surroundings {
    const container = foundation.gatewayContainer(member);
    const [folder, resourcePoolId] = [container.folder, container.resourcePoolId(gateway.clusters[member])];
    const name = datastoreOf(this.city, { cluster: gateway.clusters[member] }) ?? "";
    const datastoreId = new DataVsphereDatastore(this, "datastore", { name, datacenterId }).id;
    return { datacenterId, folder, resourcePoolId, datastoreId, tags: foundation.tags.project };
  }

  /** In one cluster a failed host must not take both. */
  private standAfter(first: GatewayStack, { gateway }: GatewayStackProps, datacenterId: string): void {
    this.addDependency(first);
    const [one, other] = gateway.clusters;
    if (one !== other) return;
    new ComputeClusterVmAntiAffinityRule(this, "anti-affinity", {
      name: `${this.city.city.id}-gateways-apart`,
      computeClusterId: this.cluster(this, "cluster", one, datacenterId).id,
      virtualMachineIds: [first.machineId, this.machineId],
      mandatory: true,
    });
  }
}

type Surroundings = Pick<GatewayMachineProps, "datacenterId" | "folder" | "resourcePoolId" | "datastoreId" | "tags">;
type Definition = Omit<GatewayMachineProps, keyof Surroundings>;
