import { gatewayCluster } from "./gateway-cluster";
import { gatewayData } from "./gateway-data";
import { gatewayDhcpServers } from "./gateway-dhcp-servers";
import { gatewayInterfaces } from "./gateway-interfaces";
import { gatewayMacOnce } from "./gateway-mac-once";
import { gatewayNames } from "./gateway-names";
import { gatewayOwnServers } from "./gateway-own-servers";
import { gatewayPairAddresses } from "./gateway-pair-addresses";
import { gatewayPairSegments } from "./gateway-pair-segments";
import { gatewayPathTargets } from "./gateway-path-targets";
import { gatewayRole } from "./gateway-role";
import { gatewaySegments } from "./gateway-segments";
import { gatewaySize } from "./gateway-size";
import type { RuleTopic } from "../rule";

/** Gateways. */
export const gateways: RuleTopic = {
  title: "Gateways",
  city: [
    gatewayCluster,
    gatewayData,
    gatewayDhcpServers,
    gatewayInterfaces,
    gatewayNames,
    gatewayOwnServers,
    gatewayPairAddresses,
    gatewayPairSegments,
    gatewayPathTargets,
    gatewayRole,
    gatewaySegments,
    gatewaySize,
  ],
  crossCity: [gatewayMacOnce],
};
