import { cidrsOf, ofFamily } from "../address";
import type { GatewayInterface, GatewayPlan } from "../gateway";

/**
 * The router's link-local address in every segment whose machines make themselves addresses, held by the master alone: so
 * the machines' default route (RFC 4861, section 4.2) stays the same after a failover.
 */
export const LINK_LOCAL_ROUTER = "fe80::1";

/** The interfaces whose machines make themselves IPv6 addresses. */
export function advertised({ interfaces }: GatewayPlan): GatewayInterface[] {
  return interfaces.filter(({ slaac }) => slaac);
}

/**
 * radvd's configuration, the same for both gateways. It advertises from the virtual link-local address alone, so a gateway
 * without it, the backup, stays silent (radvd.conf(5), AdvRASrcAddress).
 */
export function routerAdvertisements(gateway: GatewayPlan): string {
  return [...advertised(gateway).flatMap(advertisement), ""].join("\n");
}

function advertisement({ name, mtu, sources }: GatewayInterface): string[] {
  return [
    `interface ${name} {`,
    "  IgnoreIfMissing on;",
    "  AdvSendAdvert on;",
    `  AdvRASrcAddress { ${LINK_LOCAL_ROUTER}; };`,
    "  MaxRtrAdvInterval 60;",
    `  AdvLinkMTU ${String(mtu)};`,
    ...cidrsOf(ofFamily(sources, 6)).map((subnet) => `  prefix ${subnet} { AdvOnLink on; AdvAutonomous on; };`),
    "};",
  ];
}
