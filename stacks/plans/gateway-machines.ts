import type { GatewayMachineProps } from "../../constructs/network";
import type { DeployedCity } from "../../environments/model/city";
import { gatewayPart } from "../../environments/network/gateway-plan";
import { gatewaySize } from "../../environments/network/gateway-size";
import { networkPlan } from "../../environments/network/network-plan";
import { datastoreOf } from "../../environments/seats/places";
import type { StackPart } from "../../environments/stack-names";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { cloudInit } from "../../segmentation/render/cloud-init";

/** What the stack of a gateway is made from. */
export interface PlannedGateway {
  /** The stack within its city, and the name of the gateway's folder. */
  readonly part: StackPart;
  /** Name of its cluster. */
  readonly cluster: string;
  /** Name of its datastore. */
  readonly datastore: string;
  /** Its network adapters, each with the segment that it is connected to. */
  readonly adapters: readonly { readonly segment: string; readonly macAddress: string }[];
  /** What the machine is, but for what other resources give. */
  readonly machine: Omit<
    GatewayMachineProps,
    "adapters" | "datacenterId" | "folder" | "resourcePoolId" | "datastoreId" | "tags"
  >;
}

/** The two gateways of a checked city; none where the pair's plan is undefined. */
export function gatewayMachines(city: DeployedCity, pair: GatewayPlan | undefined): PlannedGateway[] {
  const { gateway } = city.network;
  if (gateway === undefined || pair === undefined) return [];
  const network = networkPlan(city);
  return MEMBERS.map((member) => {
    const cluster = gateway.clusters[member];
    return {
      part: gatewayPart(member),
      cluster,
      datastore: datastoreOf(city, { cluster }) ?? "",
      adapters: pair.interfaces.map(({ segment, macs }) => ({ segment, macAddress: macs[member] })),
      machine: {
        ...gateway,
        ...gatewaySize(city, gateway),
        name: pair.names[member],
        annotation: `${city.project.code}, gateway of ${city.city.name}`,
        ...cloudInit(network, pair, member),
      },
    };
  });
}
