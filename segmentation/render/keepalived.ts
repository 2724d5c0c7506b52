import { interfaceNamed, ownAddresses } from "../gateway";
import type { GatewayInterface, GatewayPlan, Member } from "../gateway";
import { managementRoutes } from "./management-route";
import { advertised, LINK_LOCAL_ROUTER } from "./router-advertisements";

/** With equal rules the first is master (RFC 5798, section 5.2.4: a backup's default is 100). */
const PRIORITIES = [150, 100] as const;

/** A packet that a router forwarded has a lower TTL (RFC 5798, section 5.1.1.3). */
const TTL = 255;

/**
 * keepalived's configuration of one gateway. VRRP is unicast and runs in the management segment alone, since a host in
 * a desktops' segment could otherwise take over every router's address. Only the peer is accepted, from its own address
 * (the ruleset checks its MAC address). All addresses move together, and a gateway that loses an interface gives them
 * up. nopreempt: a gateway that returns does not take over again.
 */
export function keepalived(gateway: GatewayPlan, member: Member): string {
  const { always, asMaster } = managementRoutes(gateway, member);
  return [
    ...["global_defs {", `  router_id ${gateway.names[member]}`, "}", ""],
    ...[...always, ""],
    ...instance(gateway, member, asMaster),
    "",
  ].join("\n");
}

/** @param more what holds while the gateway is master, beside the addresses */
function instance(gateway: GatewayPlan, member: Member, more: readonly string[]): string[] {
  const management = interfaceNamed(gateway, gateway.management);
  const [own] = ownAddresses(management, 4);
  const other: Member = member === 0 ? 1 : 0;
  return [
    "vrrp_instance postazioni {",
    "  state BACKUP",
    "  nopreempt",
    `  interface ${management.name}`,
    `  virtual_router_id ${String(gateway.virtualRouterId)}`,
    `  priority ${String(PRIORITIES[member])}`,
    "  advert_int 1",
    `  unicast_src_ip ${own?.[member] ?? ""}`,
    "  check_unicast_src",
    ...block("unicast_peer", [`${own?.[other] ?? ""} min_ttl ${String(TTL)} max_ttl ${String(TTL)}`]),
    // VRRP tracks its own interface by itself.
    ...block(
      "track_interface",
      gateway.interfaces.filter((one) => one !== management).map(({ name }) => name),
    ),
    ...virtualAddresses(gateway, management),
    ...more.map((line) => `  ${line}`),
    "}",
  ];
}

/**
 * A VRRP packet announces at most 20 addresses, of one family: the management's. The excluded ones move along without
 * an announcement.
 */
function virtualAddresses(gateway: GatewayPlan, management: GatewayInterface): string[] {
  const all = gateway.interfaces.flatMap((one) => one.addresses.map((address) => ({ ...address, interface: one })));
  const announced = all.filter((address) => address.interface === management && address.family === 4);
  const line = ({ virtual, length, interface: { name } }: (typeof all)[number]): string =>
    `${virtual}/${String(length)} dev ${name}`;
  const others = all.filter((address) => !announced.includes(address)).map(line);
  const linkLocal = advertised(gateway).map(({ name }) => `${LINK_LOCAL_ROUTER}/64 dev ${name}`);
  return [
    ...block("virtual_ipaddress", announced.map(line)),
    ...block("virtual_ipaddress_excluded", [...others, ...linkLocal]),
  ];
}

function block(name: string, lines: readonly string[]): string[] {
  return [`  ${name} {`, ...lines.map((line) => `    ${line}`), "  }"];
}
