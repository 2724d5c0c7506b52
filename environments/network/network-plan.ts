import { addressOf, ANY_ADDRESS, rangeOf } from "../../segmentation/address";
import { intervals, NONE, unionOf } from "../../segmentation/intervals";
import type { Intervals } from "../../segmentation/intervals";
import { MANAGEMENT_PATH, MONITORING_PATH } from "../../segmentation/plan";
import type { NetworkPlan, PortKind, Rule, Segment as PlanSegment } from "../../segmentation/plan";
import { ANY_PORT, portSet } from "../../segmentation/ports";
import { ANY, Reach } from "../../segmentation/reach";
import { addressPlans, gatewaysIn, machinesOf } from "./address-plan";
import { effectiveFlows } from "./effective-flows";
import type { EffectiveFlow } from "./effective-flows";
import type { City } from "../model/city";
import type { Block, NetworkOutside, Service } from "../model/flows";
import { ZONES } from "../model/network";
import type { Segment } from "../model/network";
import { onceEach } from "../once";

/**
 * Who may reach whom in a city, with the addresses of every name; made once a city. A name that refers to nothing has no
 * addresses: a rule reports it, and the rest is analysed all the same.
 */
export const networkPlan = onceEach((city: City): NetworkPlan => {
  const endpoints = endpointsOf(city);
  const gateways = gatewayAddresses(city);
  const openings = effectiveFlows(city).map((flow) => opening(flow, endpoints));
  return {
    segments: city.network.segments.map((segment) => planSegment(city, segment)),
    endpoints,
    outside: city.network.outside.map(({ name }) => name),
    openings: [...openings, ...managementPath(city, endpoints), ...monitoringPath(city, endpoints)].sort(byId),
    blocks: city.network.blocks.map((block) => blockRule(block, endpoints)).sort(byId),
    gateways,
  };
});

/** The analysis of a city's network, made once a city. */
export const reachOf = onceEach((city: City) => new Reach(networkPlan(city)));

/** The addresses of every name that a flow may use, by the name; made once a city. */
export const endpointsOf: (city: City) => ReadonlyMap<string, Intervals> = onceEach(findEndpoints);

function findEndpoints(city: City): Map<string, Intervals> {
  const { segments, services, outside } = city.network;
  const machines = new Map(segments.map((segment) => [segment.name, machinesOf(city, segment)]));
  const zones = ZONES.map((zone): [string, Intervals] => {
    const members = segments.filter((segment) => segment.zone === zone).map(({ name }) => machines.get(name) ?? NONE);
    return [`zone:${zone}`, unionOf(members)];
  });
  const own = unionOf(
    segments.flatMap((segment) => addressPlans(city, segment)).map(({ subnet }) => intervals([subnet])),
  );
  return new Map([
    ...machines,
    ...zones,
    ...services.map((service): [string, Intervals] => [service.name, serviceAddresses(service)]),
    ...outside.map((network): [string, Intervals] => [network.name, outsideAddresses(network).subtract(own)]),
  ]);
}

/** Made once a list of ports, since all flows to a service share its list. */
const portsOf = onceEach(portSet);

/** The addresses of a service. */
export function serviceAddresses({ addresses }: Pick<Service, "addresses">): Intervals {
  return intervals(addresses.map(addressOf).map((address) => ({ first: address, last: address })));
}

function outsideAddresses({ ranges, except }: NetworkOutside): Intervals {
  return intervals(ranges.map(rangeOf)).subtract(intervals(except.map(rangeOf)));
}

/** The addresses of all gateways in their management segment, which the management path opens too. */
function gatewayAddresses(city: City): Intervals {
  const { segments, gateway } = city.network;
  const management = segments.find(({ name }) => name === gateway?.management);
  const own = management === undefined ? [] : addressPlans(city, management).flatMap(gatewaysIn);
  return intervals(own.map((address) => ({ first: address, last: address })));
}

function planSegment(city: City, segment: Segment): PlanSegment {
  const { name, zone, vlan, privateVlan, external } = segment;
  const ports: PortKind = privateVlan?.type ?? "ordinary";
  // Machines in the uplink reach networks outside directly, not by the gateways.
  const beyond = external || name === city.network.gateway?.uplink;
  const plans = addressPlans(city, segment);
  return {
    name,
    // The rule segment-zone refuses none.
    zone: zone ?? "",
    vlan,
    ports,
    machines: unionOf(plans.map(({ machines }) => machines)),
    subnets: intervals(plans.map(({ subnet }) => subnet)),
    external: beyond,
  };
}

function opening(flow: EffectiveFlow, endpoints: ReadonlyMap<string, Intervals>): Rule {
  const { id, from, to, ports, active, log, owner, purpose, ticket, until } = flow;
  return {
    id,
    fromName: from.join(", "),
    toName: to,
    from: unionOfNames(from, endpoints),
    to: endpoints.get(to) ?? NONE,
    ports: portsOf(ports),
    active,
    log,
    accountability: { owner, purpose, ticket, until },
  };
}

function managementPath(city: City, endpoints: ReadonlyMap<string, Intervals>): Rule[] {
  const { management } = city.network;
  if (management === undefined) return [];
  const { from, to, ports } = management;
  return [
    {
      id: MANAGEMENT_PATH,
      fromName: from,
      toName: to,
      from: endpoints.get(from) ?? NONE,
      to: (endpoints.get(to) ?? NONE).union(gatewayAddresses(city)),
      ports: portSet(ports),
      active: true,
      log: false,
    },
  ];
}

/** Prometheus asks the gateways at their own addresses; a block cuts it as it does any flow. */
function monitoringPath(city: City, endpoints: ReadonlyMap<string, Intervals>): Rule[] {
  const { monitoring, network } = city;
  if (monitoring === undefined || network.gateway === undefined) return [];
  return [
    {
      id: MONITORING_PATH,
      fromName: monitoring.from,
      toName: "gateways",
      from: endpoints.get(monitoring.from) ?? NONE,
      to: gatewayAddresses(city),
      ports: portSet([`tcp/${String(monitoring.ports.gateways)}`]),
      active: true,
      log: false,
    },
  ];
}

/** Of a single name its own set and not a copy, so that results which are cached for a set serve all rules with that end. */
function unionOfNames(names: readonly string[], endpoints: ReadonlyMap<string, Intervals>): Intervals {
  const [first = NONE, ...others] = names.map((name) => endpoints.get(name) ?? NONE);
  return others.length === 0 ? first : unionOf([first, ...others]);
}

function blockRule(block: Block, endpoints: ReadonlyMap<string, Intervals>): Rule {
  const { id, from, to, ports, owner, purpose, ticket, until } = block;
  const end = (name: string): Intervals => (name === ANY ? ANY_ADDRESS : (endpoints.get(name) ?? NONE));
  return {
    id,
    fromName: from,
    toName: to,
    from: end(from),
    to: end(to),
    ports: ports === undefined ? ANY_PORT : portSet(ports),
    active: true,
    log: true,
    accountability: { owner, purpose, ticket, until },
  };
}

function byId(a: Rule, b: Rule): number {
  return a.id < b.id ? -1 : 1;
}
