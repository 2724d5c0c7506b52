import { familyOf } from "../segmentation/address";
import { intervals } from "../segmentation/intervals";
import type { Intervals } from "../segmentation/intervals";
import type { Rule } from "../segmentation/plan";
import { portRanges, portSet } from "../segmentation/ports";
import type { Protocol } from "../segmentation/ports";
import type { Reach, PermittedFlow } from "../segmentation/reach";
import { intervalsOf } from "../segmentation/runs";
import type { Host, ProbeAddress, Topology } from "./topology";

/** How a packet is sent to a machine of the same VLAN: directly, or through the gateway. */
export type Path = "direct" | "gateway";

/** A packet to send, and whether the analysis says that it arrives. */
export interface Probe {
  readonly protocol: Protocol;
  readonly from: ProbeAddress;
  readonly to: ProbeAddress;
  /** Port; 0 for an echo request. */
  readonly port: number;
  readonly path: Path;
  /** Whether the source address is another machine's; such a packet must never arrive. */
  readonly forged: boolean;
  /** Id of the opening, or the layer 2 flow, that lets it pass; undefined where it must not. */
  readonly by: string | undefined;
}

/** The ports that are probed, of TCP and of UDP. */
export interface SampledPorts {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

const LAST_PORT = 65_535;
/** The UDP source port of agent.py: a probe to it could be taken for the answer to another. */
const UDP_SOURCE_PORT = 20_000;

/** The ports at every edge of every rule: first, last, one below and one above; and the first and last of all. @param also further TCP ports */
export function sampledPorts({ plan }: Reach, also: readonly number[] = []): SampledPorts {
  const ranges = [...plan.openings, ...plan.blocks].flatMap(({ ports }) => portRanges(ports));
  const of = (protocol: Protocol): number[] => {
    const edges = ranges
      .filter((range) => range.protocol === protocol)
      .flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
    const more = protocol === "tcp" ? also : [];
    const ports = [...new Set([1, ...edges, ...more, LAST_PORT])].filter((port) => port >= 1 && port <= LAST_PORT);
    return ports.filter((port) => port !== UDP_SOURCE_PORT).sort((a, b) => a - b);
  };
  return { tcp: of("tcp"), udp: of("udp") };
}

/** Every probe on a path: all ports between all pairs of addresses, of which at least one is a machine inside. */
export function probesOf(reach: Reach, topology: Topology, ports: SampledPorts, path: Path): Probe[] {
  const all = everyPort(ports);
  return pairs(topology, path).flatMap(([from, to]) => {
    const passing = passingPorts(reach, from, to, path);
    return all.map(({ protocol, port, place }) => ({
      protocol,
      from,
      to,
      port,
      path,
      forged: false,
      by: passing.find(([, set]) => set.includes(place))?.[0],
    }));
  });
}

/**
 * Probes that every rule would pass, under a source address of the rule in each VLAN: from machines of other VLANs, since the
 * gateway must know the interface of each address, and from neighbours that the rule does not name. No answer would come
 * back, so a connection is only asked for.
 */
export function forgedProbes({ plan }: Reach, topology: Topology): Probe[] {
  return plan.openings.flatMap((rule) => {
    const [range] = portRanges(rule.ports);
    if (!rule.active || range === undefined || range.protocol === "icmp") return [];
    return forgedEnds(rule, topology).flatMap(([from, to]) =>
      forgers(rule, from, to, topology).map((host) => ({
        protocol: range.protocol,
        from: { ...from, host },
        to,
        port: range.first,
        path: "gateway" as const,
        forged: true,
        by: undefined,
      })),
    );
  });
}

/** Names of machines that a source address is not: one of each VLAN but those of the ends, and neighbours. */
function forgers(rule: Rule, from: ProbeAddress, to: ProbeAddress, topology: Topology): string[] {
  const others = oneOfEachVlan(topology.addresses)
    .filter(({ address }) => familyOf(address) === familyOf(from.address))
    .filter(({ vlan }) => vlan !== from.vlan && vlan !== to.vlan);
  const neighbours = neighboursOf(from, topology).filter(({ segment }) => !rule.from.contains(segment.machines));
  return [...others.map(({ host }) => host), ...neighbours.map(({ name }) => name)];
}

/** The ends of a rule, one of each VLAN; the first is a machine inside. */
function forgedEnds(rule: Rule, { addresses }: Topology): [from: ProbeAddress, to: ProbeAddress][] {
  const inside = addresses.filter(({ address, vlan }) => vlan !== undefined && rule.from.includes(address));
  const targets = oneOfEachVlan(addresses.filter(({ address }) => rule.to.includes(address)));
  return oneOfEachVlan(inside).flatMap((from) =>
    targets
      .filter(({ vlan, address }) => vlan !== from.vlan && familyOf(address) === familyOf(from.address))
      .map((to): [ProbeAddress, ProbeAddress] => [from, to]),
  );
}

/** The other machines of an address's VLAN, but those that may have it too, as one that moves between two machines. */
function neighboursOf({ host, vlan, address }: ProbeAddress, { hosts }: Topology): Host[] {
  const mayHaveIt = ({ leg, mac }: Host): boolean =>
    leg.bound.some((one) => one.address === address && one.mac === mac);
  return hosts.filter((one) => one.segment.vlan === vlan && one.name !== host && !mayHaveIt(one));
}

/** Pairs whose probes take this path; each from both ends of one atom to both ends of another. */
function pairs({ addresses, gatewayAddresses }: Topology, path: Path): [ProbeAddress, ProbeAddress][] {
  const targets = atomsOf(path === "gateway" ? [...addresses, ...gatewayAddresses] : addresses);
  const firsts = new Set(atomsOf(addresses).map(([first]) => first));
  return addresses.flatMap((from) =>
    targets.flatMap((ends): [ProbeAddress, ProbeAddress][] => {
      const to = firsts.has(from) ? ends.at(-1) : ends[0];
      return to !== undefined && isProbed(from, to, path) ? [[from, to]] : [];
    }),
  );
}

/** The addresses by atom: one or two of each. */
function atomsOf(addresses: readonly ProbeAddress[]): ProbeAddress[][] {
  const atoms = new Map<bigint, ProbeAddress[]>();
  for (const address of addresses) atoms.set(address.atom, [...(atoms.get(address.atom) ?? []), address]);
  return [...atoms.values()];
}

function isProbed(from: ProbeAddress, to: ProbeAddress, path: Path): boolean {
  if (from.host === to.host || familyOf(from.address) !== familyOf(to.address)) return false;
  return path === "gateway" || (from.vlan !== undefined && from.vlan === to.vlan);
}

/** One of each VLAN in each family. */
function oneOfEachVlan(addresses: readonly ProbeAddress[]): ProbeAddress[] {
  const kind = ({ vlan, address }: ProbeAddress): string => `${String(vlan)} ${String(familyOf(address))}`;
  return [...new Map(addresses.map((address) => [kind(address), address])).values()];
}

/**
 * The ports that pass between two addresses on a path, by what passes them: layer 2 directly, openings through the
 * gateway.
 */
function passingPorts(reach: Reach, from: ProbeAddress, to: ProbeAddress, path: Path): [string, Intervals][] {
  const ways = reach.waysOf(reach.space.packetsBetween(from.address, to.address));
  return ways
    .filter(({ rule }) => (rule === undefined) === (path === "direct"))
    .map((way) => [way.rule ?? way.text, portsOf(way)]);
}

function portsOf({ packets }: PermittedFlow): Intervals {
  return intervals(packets.flatMap(({ ports }) => intervalsOf(ports)));
}

/** Every sampled port and its number on the line of all ports. */
function everyPort({ tcp, udp }: SampledPorts): { protocol: Protocol; port: number; place: bigint }[] {
  const place = (text: string): bigint => portSet([text]).list[0]?.first ?? -1n;
  return [
    ...tcp.map((port) => ({ protocol: "tcp" as const, port, place: place(`tcp/${String(port)}`) })),
    ...udp.map((port) => ({ protocol: "udp" as const, port, place: place(`udp/${String(port)}`) })),
    { protocol: "icmp" as const, port: 0, place: place("icmp") },
  ];
}
