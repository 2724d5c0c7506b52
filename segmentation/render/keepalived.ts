import { interfaceNamed, ownAddresses } from "../gateway";
import type { GatewayInterface, GatewayPlan, Member } from "../gateway";
import { block, indented } from "./keepalived-block";
import { managementRoutes } from "./management-route";
import { CHECKS, pathArguments } from "./path-checks";
import { advertised, LINK_LOCAL_ROUTER } from "./router-advertisements";

/**
 * Of both: a gateway whose paths are all alive does not take over from one whose paths are too, so nothing moves back when
 * a path returns. What is dead takes its weight; all of them together leave more than nothing (1 to 254: RFC 5798).
 */
const PRIORITY = 250;
const WEIGHTS = { path: -10, interface: -14 } as const;

/** A packet that a router forwarded has a lower TTL (RFC 5798, section 5.1.1.3). */
const TTL = 255;

/** Checks in a row, each of a second: a lost answer is no dead path, and a path that comes and goes stays dead. */
const PATH = { fall: 3, rise: 30 } as const;
/** It has to stop a gateway before it would take over, after 3 seconds. The first comes back before the second. */
const ALONE = { fall: 2, rise: [3, 8] } as const;
/** Seconds that the second waits when both start, so that the first is master. */
const SECOND_WAITS = 2;

/**
 * keepalived's configuration of one gateway. VRRP is unicast and runs in the management segment alone, since a host in
 * a desktops' segment could otherwise take over every router's address. Only the peer is accepted, from its own address
 * (the ruleset checks its MAC address). All addresses move together, to the gateway with fewer dead legs: where a leg is
 * dead for both nobody gives up the others.
 */
export function keepalived(gateway: GatewayPlan, member: Member): string {
  const scripts = [...gateway.interfaces.flatMap((leg) => pathScript(leg, member)), ...aloneScript(member)];
  const { always, asMaster } = managementRoutes(gateway, member);
  return [
    ...["global_defs {", ...globals(gateway, member), "}", ""],
    ...[...always, "", ...scripts],
    ...instance(gateway, member, asMaster),
    "",
  ].join("\n");
}

function globals({ names }: GatewayPlan, member: Member): string[] {
  return [
    `  router_id ${names[member]}`,
    "  script_user root",
    "  enable_script_security",
    ...(member === 1 ? [`  vrrp_startup_delay ${String(SECOND_WAITS)}`] : []),
  ];
}

function pathScript(leg: GatewayInterface, member: Member): string[] {
  const given = pathArguments(leg, member);
  if (given === undefined) return [];
  const { fall, rise } = PATH;
  return script(`path-${leg.name}`, `${CHECKS.path} ${given}`, [`fall ${String(fall)}`, `rise ${String(rise)}`]);
}

function aloneScript(member: Member): string[] {
  return script("alone", CHECKS.alone, [`fall ${String(ALONE.fall)}`, `rise ${String(ALONE.rise[member])}`]);
}

function script(name: string, command: string, counts: readonly string[]): string[] {
  return [...block(`vrrp_script ${name}`, [`script "${command}"`, "interval 1", "timeout 4", ...counts]), ""];
}

/** @param more what holds while the gateway is master, beside the addresses */
function instance(gateway: GatewayPlan, member: Member, more: readonly string[]): string[] {
  const management = interfaceNamed(gateway, gateway.management);
  const [own] = ownAddresses(management, 4);
  const other: Member = member === 0 ? 1 : 0;
  const paths = gateway.interfaces.filter((leg) => pathArguments(leg, member) !== undefined);
  return [
    "vrrp_instance postazioni {",
    "  state BACKUP",
    `  interface ${management.name}`,
    "  dont_track_primary",
    `  virtual_router_id ${String(gateway.virtualRouterId)}`,
    `  priority ${String(PRIORITY)}`,
    "  advert_int 1",
    `  unicast_src_ip ${own?.[member] ?? ""}`,
    "  check_unicast_src",
    ...inner("unicast_peer", [`${own?.[other] ?? ""} min_ttl ${String(TTL)} max_ttl ${String(TTL)}`]),
    ...inner(
      "track_interface",
      // With dont_track_primary keepalived leaves out VRRP's own, whose path is tracked.
      gateway.interfaces
        .filter((leg) => leg !== management)
        .map(({ name }) => `${name} weight ${String(WEIGHTS.interface)}`),
    ),
    ...inner("track_script", [...paths.map(({ name }) => `path-${name} weight ${String(WEIGHTS.path)}`), "alone"]),
    ...virtualAddresses(gateway, management),
    ...indented(more),
    "}",
  ];
}

/**
 * A VRRP packet announces at most 20 addresses, of one family: the management's. The excluded ones move along without
 * an announcement. Those of IPv6 are deprecated (RFC 4862, section 5.5.4): they receive, but nothing that the gateway sends
 * itself has them as its source, which other pairs and Vault know by its own addresses.
 */
function virtualAddresses(gateway: GatewayPlan, management: GatewayInterface): string[] {
  const all = gateway.interfaces.flatMap((one) => one.addresses.map((address) => ({ ...address, interface: one })));
  const announced = all.filter((address) => address.interface === management && address.family === 4);
  const line = ({ family, virtual, length, interface: { name } }: (typeof all)[number]): string =>
    `${virtual}/${String(length)} dev ${name}${family === 6 ? " preferred_lft 0" : ""}`;
  const others = all.filter((address) => !announced.includes(address)).map(line);
  const linkLocal = advertised(gateway).map(({ name }) => `${LINK_LOCAL_ROUTER}/64 dev ${name}`);
  return [
    ...inner("virtual_ipaddress", announced.map(line)),
    ...inner("virtual_ipaddress_excluded", [...others, ...linkLocal]),
  ];
}

/** A block within the instance. */
function inner(name: string, lines: readonly string[]): string[] {
  return indented(block(name, lines));
}
