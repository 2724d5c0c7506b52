import { accessPair } from "../../environments/desktop-access/access-pair";
import type { DeployedCity } from "../../environments/model/city";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

/** What the network must have; all of it in detail is on the handover's page. */
export function networkPrerequisites(city: DeployedCity): Prerequisite[] {
  const { gateway } = city.network;
  return [
    distributedSwitch(city),
    ...trunks(city),
    ...(gateway === undefined
      ? []
      : [needed("router", gateway.nextHop, `in the segment ${gateway.uplink}`, "network", "gateway", "nextHop")]),
    ...(gateway?.dhcpServers ?? []).map((server, index) =>
      needed("DHCP server", server, "the scopes of the handover", "network", "gateway", "dhcpServers", index),
    ),
    ...nameOfAccess(city),
  ];
}

/** People's clients ask DNS for it, wherever people are. */
function nameOfAccess(city: DeployedCity): Prerequisite[] {
  const { access } = city;
  if (access === undefined) return [];
  const must = `in DNS, at ${accessPair(city)?.virtual ?? `the addresses of ${access.service}`}`;
  return [needed("name", access.name, must, "access", "name")];
}

function distributedSwitch({ network, platform }: DeployedCity): Prerequisite {
  const { name, existing, mtu, adapters, adaptersOf } = network.switch;
  const hosts = platform.clusters.flatMap((cluster) => cluster.hosts).length;
  const pairs = network.segments.flatMap(({ vlan, privateVlan }) =>
    privateVlan === undefined ? [] : [`${String(vlan)}/${String(privateVlan.secondary)} ${privateVlan.type}`],
  );
  const maps = pairs.length === 0 ? "" : `, with the private VLANs ${pairs.join(", ")}`;
  const others = adaptersOf.length === 0 ? "" : ", others on the hosts of adaptersOf";
  const must = existing
    ? `joined by all ${String(hosts)} hosts, MTU ${String(mtu)} or more${maps}`
    : `no switch of this name; ${adapters.join(" and ")} free and cabled on every host${others}`;
  return needed("distributed switch", name, must, "network", "switch", "name");
}

function trunks({ network }: DeployedCity): Prerequisite[] {
  return network.segments.map(({ name, vlan, privateVlan, external, mtu = network.switch.mtu }, index) => {
    const vlans = [...new Set([vlan, privateVlan?.secondary ?? vlan])].join(" and ");
    const must = external
      ? "there, with a way to the city's other segments"
      : `VLAN ${vlans} on the trunks of every host, MTU ${String(mtu)}`;
    return needed(external ? "external segment" : "segment", name, must, "network", "segments", index, "name");
  });
}
