import { table, text } from "../../segmentation/render/markdown-text";
import { PEERS_PORT } from "../../environments/model/access";
import type { HandoverAccess } from "./access";
import type { Handover } from "./handover";
import { OPENING_HEAD, openingRow } from "./opening-rows";

/** How people reach their seats, and what the network team has to do with it; nothing where the file does not say. */
export function accessSection({ access, gateways }: Handover): string[] {
  if (access === null) return [];
  return [
    "## The way to the seats",
    access.machines.length === 0 ? brokerText(access) : machinesText(access),
    ...(access.machines.length === 0 ? [] : duties(access)),
    gateways
      ? "The rules for it in this file, which the gateways have; firewalls before them need those with an end outside:"
      : "The rules that the city's firewalls need for it:",
    table(OPENING_HEAD, access.rules.map(openingRow)),
  ];
}

function brokerText({ name, addresses, segment }: HandoverAccess): string {
  return `People's clients connect to ${text(name)}, which is ${addresses.join(", ")} in the segment ${text(segment)}: the city's own broker.`;
}

function machinesText({ name, addresses, machines, segment }: HandoverAccess): string {
  const own = machines.map((machine) => `${text(machine.name)} (${machine.address})`).join(" and ");
  return (
    `People's clients connect to ${text(name)}, which is ${addresses.join(", ")}. That address moves between the access machines ${own} ` +
    `in the segment ${text(segment)}, whichever carries.`
  );
}

function duties({ name, virtualRouterId, nameServers, seat }: HandoverAccess): string[] {
  return [
    `- **DNS**: the record of ${text(name)} is the network team's, as those of the two machines; a failover changes none. When the file ` +
      "gets another name, its record comes first and the former stays until people have new connection files.",
    `- **Seats' names**: the machines look up every seat, such as ${text(seat ?? "")}, at ${nameServers.join(", ")}, every minute. Whoever keeps the ` +
      "zone (the domain's members themselves, or DHCP) updates it when a seat gets another address.",
    `- **Between the two** nothing filters: VRRP (protocol 112, virtual router ${String(virtualRouterId)}) and tcp/${String(PEERS_PORT)}, in their segment.`,
    "- **Another MAC address** for the shared address is believed at once (gratuitous ARP): no fixed ARP entry, no port that is bound to one.",
    "- **Updates**: they fetch Debian's (tcp/80, tcp/443) and ask for the time (udp/123), from their own addresses.",
  ];
}
