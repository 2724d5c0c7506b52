import { count } from "../../environments/display";
import { table, text } from "../../segmentation/render/markdown-text";
import { accessSection } from "./access-page";
import { OPENING_HEAD, openingRow } from "./opening-rows";
import { privateVlanSection, trunkSection } from "./switching-page";
import type { Handover } from "./handover";
import type { HandoverDhcp, HandoverScope } from "./dhcp";

/** A handover as a page in Markdown. */
export function handoverPage(handover: Handover): string {
  const { name, asOf } = handover;
  return [
    `# Handover to the network team: ${text(name)}`,
    `As of ${asOf}. What must be configured outside vCenter before this city's network works. Made from the city's file by ` +
      `\`npm run report -- network ${handover.city} --handover\`: after a change of the file it is made anew.`,
    ...trunkSection(handover),
    ...privateVlanSection(handover),
    ...routeSection(handover),
    ...dhcpSection(handover.dhcp),
    ...slaacSection(handover),
    ...nameSection(handover),
    ...accessSection(handover),
    ...openingSection(handover),
    "",
  ].join("\n\n");
}

function routeSection({ gateways, routes, routers }: Handover): string[] {
  const addresses = routers.map(({ segment, vlan, address, use }) => [text(segment), String(vlan), address, use]);
  return [
    "## Routes",
    gateways
      ? "The pair of gateways routes between the segments; of several pairs each between its own, as the routes say. It answers in the " +
        "uplink to a virtual address, which the member has that is active; a route to a member's own address would end with it."
      : "The file has no gateways: the city's firewalls stand in every segment, and route and filter between them " +
        "(`npm run report -- firewall` writes their policy). No other router may route between them.",
    "Addresses of the city's routers and firewalls:",
    table(["segment", "VLAN", "address", "it is the"], addresses),
    ...(routes.length === 0 ? [] : ["Routes on the router in the uplink:", routeTable(routes)]),
  ];
}

function routeTable(routes: Handover["routes"]): string {
  const rows = routes.map(({ prefix, nextHop, segment }) => [prefix, nextHop, text(segment)]);
  return table(["prefix", "next hop", "segment"], rows);
}

function dhcpSection({ servers, scopes, without }: HandoverDhcp): string[] {
  const fixed = `Without a scope in the file: ${without.map(text).join(", ")}.`;
  if (scopes.length === 0) return ["## DHCP", "The file has no scope.", ...(without.length === 0 ? [] : [fixed])];
  const relays =
    servers.length === 0
      ? "The file names no server that gateways relay to: relays are the network team's."
      : `The gateways relay to ${servers.join(", ")}, each from its own address in the segment, by which the server finds the ` +
        "scope. Both ask, so a server may hear one request twice. Renewals come from the desktops' own addresses.";
  const head = ["segment", "subnet", "range", "router (3)", "DNS (6)", "domain (15)", "MTU (26)", "relays"];
  return ["## DHCP", relays, table(head, scopes.map(scopeRow)), ...(without.length === 0 ? [] : [fixed])];
}

function slaacSection({ gateways, dhcp: { slaac } }: Handover): string[] {
  if (slaac.length === 0) return [];
  const places = slaac.map(({ segment, prefix }) => `${text(segment)} (${prefix})`).join(", ");
  const router = gateways
    ? "The gateways advertise themselves as IPv6 routers, and no other router does"
    : "The city's firewalls advertise themselves as IPv6 routers, with prefixes for SLAAC";
  return ["### IPv6", `${router}: ${places}. Elsewhere no router advertises itself.`];
}

function scopeRow({ segment, subnet, first, last, router, dnsServers, domain, mtu, relays }: HandoverScope): string[] {
  const range = `${first} to ${last}`;
  return [text(segment), subnet, range, router, dnsServers.join(", "), text(domain), String(mtu), relays.join(", ")];
}

function nameSection({ records, names }: Handover): string[] {
  const rows = records.map(({ name, type, value }) => [text(name), type, text(value)]);
  return [
    "## DNS",
    ...(rows.length === 0
      ? []
      : ["Records to add, with PTR records for addresses:", table(["name", "type", "value"], rows)]),
    "Names that must resolve, for whom:",
    table(
      ["name", "for"],
      names.map(({ name, use }) => [text(name), use]),
    ),
  ];
}

function openingSection({ openings, gateways, gatewayServers }: Handover): string[] {
  return [
    "## Firewall openings outside",
    `${count(openings.length, "opening")} with an end outside the segments. Every firewall on the way must let them pass, from the ` +
      "end that opens the connection, with the answers; *prepared* ones for the day of the emergency. Everything else stays closed.",
    table(OPENING_HEAD, openings.map(openingRow)),
    ...(gateways ? [ownTraffic(gatewayServers)] : []),
  ];
}

function ownTraffic({ names, time }: Handover["gatewayServers"]): string {
  const servers = (list: readonly string[]): string => (list.length === 0 ? "the template's servers" : list.join(", "));
  return (
    `The gateways themselves ask ${servers(names)} for names (tcp/53, udp/53) and ${servers(time)} for the time (udp/123), and ` +
    "fetch Debian's updates (tcp/80, tcp/443): where these are outside, firewalls let the gateways' own addresses through."
  );
}
