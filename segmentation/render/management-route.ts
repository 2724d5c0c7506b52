import { addressOf, cidrsOf, familyOf, ofFamily } from "../address";
import { interfaceNamed, routedSubnets } from "../gateway";
import type { GatewayPlan, InterfaceAddress, Member } from "../gateway";
import { block } from "./keepalived-block";

/** The routing table for packets from a gateway's own management address; any that Linux does not use itself. */
const TABLE = 61;
/** Priorities of the rules; the lower number is asked first, and Linux's own table `main` has 32766. */
const [AS_MASTER, AS_BACKUP] = [200, 201];

/**
 * What keepalived adds for the answers of a gateway's management, in two blocks that hold always and one that holds
 * while it is master. An administrator's packets come through the master, so a backup answers through the other
 * gateway's own address, which is the master's then: answers by its own interfaces would take another way than the
 * packets, past the state of every firewall there. The master answers by its own routes.
 */
export function managementRoutes(gateway: GatewayPlan, member: Member): { always: string[]; asMaster: string[] } {
  const { routes, rules, asMaster } = managementWays(gateway, member);
  return {
    always: [...block("static_routes", routes), ...block("static_rules", rules)],
    asMaster: block("virtual_rules", asMaster),
  };
}

/**
 * The routes and rules of those blocks, as `ip route add` and `ip rule add` take them too. A further pair is a host in the
 * management segment: both of its gateways answer through the pair that routes for it, but the master, to which they come
 * directly, answers machines behind its own legs by them.
 */
export function managementWays(
  gateway: GatewayPlan,
  member: Member,
): { routes: string[]; rules: string[]; asMaster: string[] } {
  const { name, addresses, sources } = interfaceNamed(gateway, gateway.management);
  const other: Member = member === 0 ? 1 : 0;
  const behind = gateway.managementRouter && routedSubnets(gateway);
  const routes = ({ family, own }: InterfaceAddress): string[] => {
    // keepalived gives a route of IPv4 the scope global, by which Linux finds no next hop; IPv6 has no scopes of routes.
    const onLink = family === 4 ? " scope link" : "";
    const via = gateway.managementRouter?.addresses.find((address) => familyOf(addressOf(address)) === family);
    return [
      ...cidrsOf(ofFamily(sources, family)).map((subnet) => `${subnet} dev ${name}${onLink} table ${String(TABLE)}`),
      `${family === 4 ? "0.0.0.0/0" : "::/0"} via ${via ?? own[other]} dev ${name} table ${String(TABLE)}`,
    ];
  };
  const masters = addresses.flatMap(({ family, own }) =>
    (behind === undefined ? [""] : cidrsOf(ofFamily(behind, family)).map((subnet) => ` to ${subnet}`)).map(
      (to) => `from ${own[member]}${to} table main priority ${String(AS_MASTER)}`,
    ),
  );
  return {
    routes: addresses.flatMap(routes),
    rules: addresses.map(({ own }) => `from ${own[member]} table ${String(TABLE)} priority ${String(AS_BACKUP)}`),
    asMaster: masters,
  };
}
