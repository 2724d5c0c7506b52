import { ownAddresses } from "../gateway";
import type { GatewayInterface, GatewayPlan, Member } from "../gateway";

/** The interfaces whose DHCP requests are relayed. */
export function relayed({ interfaces }: GatewayPlan): GatewayInterface[] {
  return interfaces.filter(({ dhcp }) => dhcp);
}

/** dnsmasq's configuration, only as a DHCP relay: it neither answers DNS nor assigns addresses. */
export function dhcpRelay(gateway: GatewayPlan, member: Member): string {
  const relays = relayed(gateway).flatMap((one) =>
    ownAddresses(one, 4).flatMap((own) => gateway.dhcpServers.map((server) => `dhcp-relay=${own[member]},${server}`)),
  );
  return ["port=0", ...relays, ""].join("\n");
}
