import { stringify } from "yaml";
import { plainCatania } from "./plain-catania";

const ZONES = ["services", "desktops", "dmz", "data"] as const;
const SUBNETS_IN_16_BITS = 256;
/** Spreads the ends of flows over all segments: a prime that does not divide their number. */
const STEP = 7;
const TARGET_STEP = 11;

interface Editable {
  pools: object[];
  applications: object[];
  emergency: object;
  network: object;
}

/**
 * A city's file with so many segments, a service in each, and so many flows: two thirds lead to a service, the others
 * open a range of ports of a whole segment. Made from Catania's; the same numbers give the same bytes.
 */
export function largeNetwork(segments: number, flows: number): string {
  const city = plainCatania() as Editable;
  const names = Array.from({ length: segments }, (_, index) => index);
  const network = {
    switch: { name: "dvs-large", adapters: ["vmnic2"] },
    segments: names.map(segment),
    services: names.map(service),
    outside: [{ name: "administrators", ranges: ["10.90.0.0/28"] }],
    management: { from: "administrators", to: "segment-0", ports: ["tcp/22"] },
    flows: Array.from({ length: flows }, (_, index) => flow(index, segments)),
    mustNotReach: names
      .slice(1)
      .map((index) => ({ from: "administrators", to: `segment-${String(index)}`, port: "any" })),
  };
  const pools = city.pools.map((pool) => ({ ...pool, applications: [], seats: 20, waves: [], segment: "segment-1" }));
  const others = { applications: [], emergency: {}, monitoring: undefined, assignments: undefined };
  return stringify({ ...city, ...others, pools, network }, { aliasDuplicateObjects: false });
}

function subnet(index: number): string {
  return `10.${String(100 + Math.floor(index / SUBNETS_IN_16_BITS))}.${String(index % SUBNETS_IN_16_BITS)}`;
}

function segment(index: number): object {
  const zone = index === 0 ? "management" : ZONES[index % ZONES.length];
  return { name: `segment-${String(index)}`, zone, vlan: 100 + index, subnet: `${subnet(index)}.0/24` };
}

function service(index: number): object {
  const ports = ["tcp/443", "tcp/8443", "udp/53"];
  return {
    name: `service-${String(index)}`,
    segment: `segment-${String(index)}`,
    addresses: [`${subnet(index)}.10`],
    ports,
  };
}

function flow(index: number, segments: number): object {
  const source = (index * STEP) % segments;
  const target = (source + 1 + ((index * TARGET_STEP) % (segments - 1))) % segments;
  const first = 1000 + (index % 1000);
  const whole = index % 3 === 0;
  return {
    id: `flow-${String(index)}`,
    from: `segment-${String(source)}`,
    to: `${whole ? "segment" : "service"}-${String(target)}`,
    ...(whole && { ports: [`tcp/${String(first)}-${String(first + (index % 7))}`] }),
    owner: "Sistemi Informativi",
    purpose: "measured",
    ticket: `T-${String(index)}`,
    until: "2027-12-31",
  };
}
