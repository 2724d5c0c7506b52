import { apiUrl, vaultPaths } from "../../access/vault-paths";
import { addressOf, addressText, rangeOf } from "../../segmentation/address";
import type {
  BoundAddress,
  GatewayInterface,
  GatewayPlan,
  InterfaceAddress,
  ManagementRouter,
  OtherPair,
  SshTrust,
} from "../../segmentation/gateway";
import { routedSubnets } from "../../segmentation/gateway";
import { intervals } from "../../segmentation/intervals";
import { addressPlans } from "./address-plan";
import type { AddressPlan } from "./address-plan";
import { gatewayTables } from "./gateway-size";
import { macAddress, pairBlock } from "./gateway-mac";
import { gatewayName } from "./gateway-names";
import { gatewayPairs, legsOf } from "./gateway-pairs";
import type { GatewayPair } from "./gateway-pairs";
import type { City } from "../model/city";
import type { Service } from "../model/flows";
import type { Segment } from "../model/network";
import { onceEach } from "../once";
import { GATEWAYS } from "../../access/identities/gateway-rules";
import { principalsOn } from "../secrets/ssh-roles";

/**
 * The pairs of gateways of a checked city, the first of the file first, made once a city; none of one whose own firewalls
 * enforce.
 */
export const gatewayPlans: (city: City) => readonly GatewayPlan[] = onceEach((city: City) => {
  const [first, ...further] = gatewayPairs(city).map((pair) => pairPlan(city, pair));
  if (first === undefined) return [];
  const all = [first, ...further.map((plan) => ({ ...plan, managementRouter: managementRouter(first) }))];
  return all.map((plan) => ({ ...plan, others: all.filter((other) => other !== plan).map(otherPair) }));
});

function pairPlan(city: City, pair: GatewayPair): GatewayPlan {
  const { nextHop, nextHop6, virtualRouterId, dhcpServers, nameServers, timeServers } = pair;
  return {
    city: city.city.name,
    name: pair.further?.name,
    names: [gatewayName(city, pair, 0), gatewayName(city, pair, 1)],
    interfaces: interfacesOf(city, pair),
    uplink: interfaceName(vlanOf(city, pair.uplink)),
    management: interfaceName(vlanOf(city, pair.management)),
    others: [],
    nextHops: nextHop6 === undefined ? [nextHop] : [nextHop, nextHop6],
    virtualRouterId,
    tables: gatewayTables(city, pair),
    dhcpServers,
    nameServers,
    timeServers,
    metricsPort: city.monitoring?.ports.gateways,
    ssh: sshTrust(city),
  };
}

function sshTrust(city: City): SshTrust | undefined {
  const principals = principalsOn(city, GATEWAYS);
  const { vault } = city.platform;
  if (principals.length === 0 || vault === undefined) return undefined;
  return { publicKey: `${apiUrl(vault)}/${vaultPaths(city.city.id).ssh}/public_key`, principals };
}

/** One interface in each VLAN, in the order of VLAN numbers and named after them: adding or removing a segment renames none. */
function interfacesOf(city: City, pair: GatewayPair): GatewayInterface[] {
  const legs = legsOf(city, pair);
  const block = pairBlock(city, pair);
  const vlans = [...new Set(legs.map(({ vlan }) => vlan))].sort((a, b) => a - b);
  return vlans.map((vlan) => {
    const together = legs.filter((segment) => segment.vlan === vlan);
    const names = new Set(together.map(({ name }) => name));
    const plans = together.flatMap((segment) => addressPlans(city, segment));
    const routes = pair.vlans.has(vlan);
    return {
      name: interfaceName(vlan),
      segment: attachment(together),
      macs: [macAddress(block, vlan, 0), macAddress(block, vlan, 1)],
      mtu: Math.min(...together.map(({ mtu = city.network.switch.mtu }) => mtu)),
      addresses: routes ? plans.map(interfaceAddress) : plans.flatMap((plan) => hostAddress(plan, pair, names)),
      sources: intervals(plans.map(({ subnet }) => subnet)),
      bound: city.network.services.filter(({ segment }) => names.has(segment)).flatMap(boundAddresses),
      targets: targetsOf(city, pair, together),
      dhcp: routes && pair.dhcpServers.length > 0 && together.some(({ dhcp }) => dhcp !== undefined),
      slaac: routes && together.some(({ slaac }) => slaac === true),
    };
  });
}

/**
 * The addresses of a pair where another routes. In the management segment with no subnet: what it forwards to machines there
 * goes by the pair that routes for them, as their answers do.
 */
function hostAddress(plan: AddressPlan, pair: GatewayPair, names: ReadonlySet<string>): InterfaceAddress[] {
  const found = plan.further.find((one) => one.pair === pair.further?.name);
  if (found === undefined) return [];
  const { family, subnet, usable } = plan;
  const address = interfaceAddress({ family, subnet, usable, router: found.virtual, gateways: found.own });
  return [names.has(pair.management) ? { ...address, length: family === 4 ? 32 : 128 } : address];
}

/** A pair as the others see it. A host in the management segment sends nothing from there through another pair. */
function otherPair(plan: GatewayPlan): OtherPair {
  const uplink = plan.interfaces.find(({ name }) => name === plan.uplink);
  const legs = plan.interfaces.filter(({ name }) => plan.managementRouter === undefined || name !== plan.management);
  const own = legs.flatMap(({ addresses }) => addresses.flatMap((address) => address.own)).map(addressOf);
  return {
    macs: uplink?.macs ?? ["", ""],
    nextHops: uplink?.addresses.map(({ virtual }) => virtual) ?? [],
    subnets: routedSubnets(plan),
    own: intervals(own.map((address) => ({ first: address, last: address }))),
  };
}

function managementRouter({ interfaces, management }: GatewayPlan): ManagementRouter | undefined {
  const leg = interfaces.find(({ name }) => name === management);
  return leg && { macs: leg.macs, addresses: leg.addresses.map(({ virtual }) => virtual) };
}

function boundAddresses({ addresses, macs = [] }: Service): BoundAddress[] {
  return addresses.flatMap((address, index) => {
    const mac = macs[index];
    return mac === undefined ? [] : [{ address: addressOf(address), mac }];
  });
}

/** What shows that a leg's path is alive: the next hop, what the file says, or the first address of a service there. */
function targetsOf({ network }: City, gateway: GatewayPair, together: readonly Segment[]): string[] {
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

function interfaceAddress({
  family,
  subnet,
  usable,
  router = usable.first,
  gateways,
}: Omit<AddressPlan, "machines" | "further">): InterfaceAddress {
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
