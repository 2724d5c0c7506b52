import type { City } from "../model/city";
import type { FurtherPair, Gateway } from "../model/gateway";
import type { Segment } from "../model/network";
import { onceEach } from "../once";
import type { Path } from "../path";

/** A pair of gateways as the file has it: of a further pair with all that it has from the first. */
export interface GatewayPair extends Omit<Gateway, "furtherPairs"> {
  /** What is its own, of a further pair. @default - it is the first pair, network.gateway itself */
  readonly further?: FurtherPair;
  /** Its path in the file. */
  readonly path: Path;
  /** The VLANs between which it routes, with their machines' routers; of the first pair the uplink and the management too. */
  readonly vlans: ReadonlySet<number>;
}

/** The pairs of a city's gateways, the first of the file first; none where its own firewalls enforce. */
export const gatewayPairs: (city: City) => readonly GatewayPair[] = onceEach(findPairs);

/** The segments in which a pair has a leg, in the order of the file: those between which it routes, and where it is managed and leaves. */
export function legsOf({ network }: City, { vlans, uplink, management }: GatewayPair): Segment[] {
  const own = network.segments.filter(({ external }) => !external);
  const shared = new Set(own.filter(({ name }) => name === uplink || name === management).map(({ vlan }) => vlan));
  return own.filter(({ vlan }) => vlans.has(vlan) || shared.has(vlan));
}

/** The pair that routes for a segment's machines; undefined where none does. */
export function pairOf(city: City, { vlan, external }: Segment): GatewayPair | undefined {
  return external ? undefined : gatewayPairs(city).find(({ vlans }) => vlans.has(vlan));
}

/**
 * Name of the datastore of a gateway in a cluster: its first that is no storage cluster, as a pair is to stay where it is;
 * undefined where there is none, which a rule reports.
 */
export function gatewayDatastore({ platform }: City, cluster: string): string | undefined {
  return platform.datastores.find((one) => one.cluster === cluster && one.members === undefined)?.name;
}

function findPairs({ network }: City): GatewayPair[] {
  const { gateway, segments } = network;
  if (gateway === undefined) return [];
  const { furtherPairs, ...first } = gateway;
  const own = segments.filter(({ external }) => !external);
  const vlansOf = (names: readonly string[]): Set<number> =>
    new Set(own.filter(({ name }) => names.includes(name)).map(({ vlan }) => vlan));
  const further = furtherPairs.map((pair, index) => furtherPair(first, pair, index, vlansOf(pair.segments)));
  const others = new Set(further.flatMap(({ vlans }) => [...vlans]));
  const rest = own.map(({ vlan }) => vlan).filter((vlan) => !others.has(vlan));
  return [{ ...first, path: ["network", "gateway"], vlans: new Set(rest) }, ...further];
}

/** Sizes and MAC addresses are each pair's own: they follow from its seats and its name where the file says nothing. */
function furtherPair(
  first: Omit<Gateway, "furtherPairs">,
  further: FurtherPair,
  index: number,
  vlans: ReadonlySet<number>,
): GatewayPair {
  const { cpus, memoryGib, cpuReservationMhz, macBlock, load = first.load, clusters, virtualRouterId } = further;
  return {
    ...first,
    ...{ cpus, memoryGib, cpuReservationMhz, macBlock, load, clusters, virtualRouterId },
    ...{ further, vlans, path: ["network", "gateway", "furtherPairs", index] },
  };
}
