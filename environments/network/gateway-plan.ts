import { apiUrl, vaultPaths } from "../../access/vault-paths";
import { addressOf, addressText, rangeOf } from "../../segmentation/address";
import type {
  BoundAddress,
  GatewayInterface,
  GatewayPlan,
  InterfaceAddress,
  Member,
  Pair,
  SshTrust,
} from "../../segmentation/gateway";
import { intervals } from "../../segmentation/intervals";
import { addressPlans } from "./address-plan";
import type { AddressPlan } from "./address-plan";
import { gatewayTables } from "./gateway-size";
import { macAddress, macBlock } from "./gateway-mac";
import type { City } from "../model/city";
import type { Service } from "../model/flows";
import type { Gateway } from "../model/gateway";
import type { Segment } from "../model/network";
import { onceEach } from "../once";
import { GATEWAYS } from "../../access/identities/gateway-rules";
import { principalsOn } from "../secrets/ssh-roles";
import { stackName } from "../stack-names";

const MEMBER_LETTERS: Pair<string> = ["a", "b"];

/** The name of a gateway within its city, `gateway-a`: of its folder, and the last part of its stack's name. */
export function gatewayPart(member: Member): `gateway-${string}` {
  return `gateway-${MEMBER_LETTERS[member]}`;
}

/** The name of a gateway, `milan-gateway-a`: of its machine and its stack, and its host name. */
export function gatewayName(city: City, member: Member): string {
  return stackName(city.city.id, gatewayPart(member));
}

/** The two gateways of a checked city, made once a city; undefined of one whose own firewalls enforce. */
export const gatewayPlan = onceEach((city: City): GatewayPlan | undefined => {
  const { gateway } = city.network;
  if (gateway === undefined) return undefined;
  const { nextHop, nextHop6, virtualRouterId, dhcpServers, nameServers, timeServers } = gateway;
  return {
    city: city.city.name,
    names: [gatewayName(city, 0), gatewayName(city, 1)],
    interfaces: interfacesOf(city, gateway),
    uplink: interfaceName(vlanOf(city, gateway.uplink)),
    management: interfaceName(vlanOf(city, gateway.management)),
    nextHops: nextHop6 === undefined ? [nextHop] : [nextHop, nextHop6],
    virtualRouterId,
    tables: gatewayTables(city, gateway),
    dhcpServers,
    nameServers,
    timeServers,
    ssh: sshTrust(city),
  };
});

function sshTrust(city: City): SshTrust | undefined {
  const principals = principalsOn(city, GATEWAYS);
  if (principals.length === 0) return undefined;
  return { publicKey: `${apiUrl(city.platform.vault)}/${vaultPaths(city.city.id).ssh}/public_key`, principals };
}

/** One interface in each VLAN, in the order of VLAN numbers and named after them: adding or removing a segment renames none. */
function interfacesOf(city: City, gateway: Gateway): GatewayInterface[] {
  const own = city.network.segments.filter(({ external }) => !external);
  const block = macBlock(city);
  const vlans = [...new Set(own.map(({ vlan }) => vlan))].sort((a, b) => a - b);
  return vlans.map((vlan) => {
    const together = own.filter((segment) => segment.vlan === vlan);
    const names = new Set(together.map(({ name }) => name));
    const plans = together.flatMap((segment) => addressPlans(city, segment));
    return {
      name: interfaceName(vlan),
      segment: attachment(together),
      macs: [macAddress(block, vlan, 0), macAddress(block, vlan, 1)],
      mtu: Math.min(...together.map(({ mtu = city.network.switch.mtu }) => mtu)),
      addresses: plans.map(interfaceAddress),
      sources: intervals(plans.map(({ subnet }) => subnet)),
      bound: city.network.services.filter(({ segment }) => names.has(segment)).flatMap(boundAddresses),
      targets: targetsOf(city, gateway, together),
      dhcp: gateway.dhcpServers.length > 0 && together.some(({ dhcp }) => dhcp !== undefined),
      slaac: together.some(({ slaac }) => slaac === true),
    };
  });
}

function boundAddresses({ addresses, macs = [] }: Service): BoundAddress[] {
  return addresses.flatMap((address, index) => {
    const mac = macs[index];
    return mac === undefined ? [] : [{ address: addressOf(address), mac }];
  });
}

/** What shows that a leg's path is alive: the next hop, what the file says, or the first address of a service there. */
function targetsOf({ network }: City, gateway: Gateway, together: readonly Segment[]): string[] {
  const names = new Set(together.map(({ name }) => name));
  if (names.has(gateway.uplink)) return [gateway.nextHop];
  const ranges = intervals(together.flatMap(({ subnet }) => (subnet === undefined ? [] : [rangeOf(subnet)])));
  const said = gateway.pathTargets.filter((target) => ranges.includes(addressOf(target)));
  const services = network.services.filter(({ segment }) => names.has(segment));
  const first = services.flatMap(({ addresses }) => addresses).find((address) => !address.includes(":"));
  return said.length > 0 || first === undefined ? said : [first];
}

/** The segment of a VLAN that the gateways are connected to: the only one, or the promiscuous one. */
function attachment(together: readonly Segment[]): string {
  const [first] = together;
  const promiscuous = together.find(({ privateVlan }) => privateVlan?.type === "promiscuous");
  return (promiscuous ?? first)?.name ?? "";
}

function interfaceAddress({ family, subnet, usable, router = usable.first, gateways }: AddressPlan): InterfaceAddress {
  const [a = router, b = router] = gateways;
  return {
    family,
    length: subnet.length,
    virtual: addressText(router),
    own: [addressText(a), addressText(b)],
  };
}

function vlanOf({ network }: City, name: string): number {
  return network.segments.find((segment) => segment.name === name)?.vlan ?? 0;
}

function interfaceName(vlan: number): string {
  return `vlan${String(vlan)}`;
}
