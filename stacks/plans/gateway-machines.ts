import type { GatewayMachineProps, MachineOverridesProps } from "../../constructs/network";
import type { DeployedCity } from "../../environments/model/city";
import { gatewayPart } from "../../environments/network/gateway-names";
import { gatewayDatastore, gatewayPairs } from "../../environments/network/gateway-pairs";
import type { GatewayPair } from "../../environments/network/gateway-pairs";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { gatewaySize } from "../../environments/network/gateway-size";
import { networkPlan } from "../../environments/network/network-plan";
import type { StackPart } from "../../environments/stack-names";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { projectCode } from "./project-code";

/** What the stack of a gateway is made from. */
export interface PlannedGateway {
  /** The stack within its city, and the name of the gateway's folder. */
  readonly part: StackPart;
  /** The pair that it belongs to, as part of the name of what the two have together: `gateways`, `gateways-north`. */
  readonly pair: string;
  /** Name of its cluster. */
  readonly cluster: string;
  /** Name of its datastore. */
  readonly datastore: string;
  /** What vSphere HA and DRS do with it otherwise than with its cluster's other machines. */
  readonly overrides: Pick<MachineOverridesProps, "restartPriority" | "automationLevel">;
  /** Its network adapters, each with the segment that it is connected to. */
  readonly adapters: readonly { readonly segment: string; readonly macAddress: string }[];
  /** What the machine is, but for what other resources give. */
  readonly machine: Omit<
    GatewayMachineProps,
    "adapters" | "datacenterId" | "folder" | "resourcePoolId" | "datastoreId" | "tags"
  >;
}

/** The gateways of a checked city, pair by pair; none of one whose own firewalls enforce. */
export function gatewayMachines(city: DeployedCity): PlannedGateway[] {
  const plans = gatewayPlans(city);
  return gatewayPairs(city).flatMap((pair, index) => {
    const plan = plans[index];
    return plan === undefined ? [] : pairMachines(city, pair, plan);
  });
}

function pairMachines(city: DeployedCity, pair: GatewayPair, plan: GatewayPlan): PlannedGateway[] {
  const network = networkPlan(city);
  return MEMBERS.map((member) => {
    const cluster = pair.clusters[member];
    return {
      part: gatewayPart(pair, member),
      pair: plan.name === undefined ? "gateways" : `gateways-${plan.name}`,
      cluster,
      datastore: gatewayDatastore(city, cluster) ?? "",
      overrides: overridesOf(pair),
      adapters: plan.interfaces.map(({ segment, macs }) => ({ segment, macAddress: macs[member] })),
      machine: {
        ...pair,
        ...gatewaySize(city, pair),
        name: plan.names[member],
        annotation: [...projectCode(city), `gateway of ${city.city.name}`].join(", "),
        ...cloudInit(network, plan, member),
      },
    };
  });
}

function overridesOf({ restartPriority, automationLevel }: GatewayPair): PlannedGateway["overrides"] {
  return {
    restartPriority: restartPriority === "cluster" ? undefined : restartPriority,
    automationLevel: automationLevel === "cluster" ? undefined : automationLevel,
  };
}
