import { cidrsOf, ofFamily } from "../address";
import { interfaceNamed } from "../gateway";
import type { GatewayPlan, InterfaceAddress, Member } from "../gateway";

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
  const { name, addresses, sources } = interfaceNamed(gateway, gateway.management);
  const other: Member = member === 0 ? 1 : 0;
  const rule = (table: string, priority: number): string[] =>
    addresses.map(({ own }) => `from ${own[member]} table ${table} priority ${String(priority)}`);
  const routes = ({ family, own }: InterfaceAddress): string[] => [
    ...cidrsOf(ofFamily(sources, family)).map((subnet) => `${subnet} dev ${name} table ${String(TABLE)}`),
    `${family === 4 ? "0.0.0.0/0" : "::/0"} via ${own[other]} dev ${name} table ${String(TABLE)}`,
  ];
  return {
    always: [
      ...block("static_routes", addresses.flatMap(routes)),
      ...block("static_rules", rule(String(TABLE), AS_BACKUP)),
    ],
    asMaster: block("virtual_rules", rule("main", AS_MASTER)),
  };
}

function block(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...lines.map((line) => `  ${line}`), "}"];
}
