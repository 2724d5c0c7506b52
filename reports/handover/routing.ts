import { addressText, cidrsOf } from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import { addressPlans } from "../../environments/network/address-plan";
import type { AddressPlan } from "../../environments/network/address-plan";
import { pairOf } from "../../environments/network/gateway-pairs";
import type { City } from "../../environments/model/city";
import type { Segment } from "../../environments/model/network";

/** A route on the router in the uplink. */
export interface HandoverRoute {
  /** A segment's subnet. */
  readonly prefix: string;
  /** The virtual address in the uplink of the pair that routes for it. */
  readonly nextHop: string;
  readonly segment: string;
}

/** An address that a router of the city must have. */
export interface HandoverRouter {
  readonly segment: string;
  readonly vlan: number;
  /** With the length of its subnet: `10.87.2.1/23`. */
  readonly address: string;
  /** What the machines there use it for. */
  readonly use: "router of the segment" | "next hop of the gateways";
}

/** The routes to the segments behind the gateways; none in a city whose own firewalls route. */
export function handoverRoutes(city: City): HandoverRoute[] {
  const { gateway, segments } = city.network;
  const uplink = segments.find(({ name }) => name === gateway?.uplink);
  if (uplink === undefined) return [];
  return ownSegments(city)
    .filter((segment) => segment !== uplink)
    .flatMap((segment) =>
      addressPlans(city, segment).flatMap((plan) => {
        const nextHop = virtualIn(city, uplink, segment, plan.family);
        return nextHop === undefined
          ? []
          : [{ prefix: prefixOf(plan), nextHop: addressText(nextHop), segment: segment.name }];
      }),
    );
}

/** The virtual address that the pair of a segment has in the uplink. */
function virtualIn(city: City, uplink: Segment, segment: Segment, family: Family): bigint | undefined {
  const plan = addressPlans(city, uplink).find((one) => one.family === family);
  const pair = pairOf(city, segment)?.further;
  return pair === undefined ? plan?.router : plan?.further.find((one) => one.pair === pair.name)?.virtual;
}

/** The addresses of the city's own routers: the next hops of the gateways, or without gateways every segment's router. */
export function handoverRouters(city: City): HandoverRouter[] {
  const { gateway, segments } = city.network;
  if (gateway === undefined)
    return ownSegments(city).flatMap((segment) =>
      addressPlans(city, segment).flatMap(({ router, subnet }) =>
        router === undefined
          ? []
          : [{ ...placed(segment), address: withLength(addressText(router), subnet), use: "router of the segment" }],
      ),
    );
  const uplink = segments.find(({ name }) => name === gateway.uplink);
  if (uplink === undefined) return [];
  const hops = { 4: gateway.nextHop, 6: gateway.nextHop6 };
  return addressPlans(city, uplink).flatMap(({ family, subnet }) => {
    const hop = hops[family];
    if (hop === undefined) return [];
    return [{ ...placed(uplink), address: withLength(hop, subnet), use: "next hop of the gateways" }];
  });
}

/** The subnet of an address plan in CIDR notation. */
export function prefixOf({ subnet }: Pick<AddressPlan, "subnet">): string {
  return cidrsOf(intervals([subnet])).join(", ");
}

/** The segments that are made here. */
export function ownSegments({ network }: City): Segment[] {
  return network.segments.filter(({ external }) => !external);
}

function placed({ name, vlan }: Segment): Pick<HandoverRouter, "segment" | "vlan"> {
  return { segment: name, vlan };
}

function withLength(address: string, { length }: AddressPlan["subnet"]): string {
  return `${address}/${String(length)}`;
}
