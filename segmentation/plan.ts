import { unionOf } from "./intervals";
import type { Intervals } from "./intervals";

/** What a port may send to others of its VLAN: in an ordinary VLAN, or in a private one. */
export type PortKind = "ordinary" | "promiscuous" | "isolated" | "community";

/** A segment for the analysis. */
export interface Segment {
  /** Its name. */
  readonly name: string;
  /** Its zone. */
  readonly zone: string;
  /** Its VLAN; for a private VLAN the primary one. Segments with the same VLAN share layer 2. */
  readonly vlan: number;
  /** Kind of its ports on that layer 2. */
  readonly ports: PortKind;
  /** Addresses that its machines can have: without network, broadcast and routers' addresses. */
  readonly machines: Intervals;
  /** Its whole subnets, for firewall configurations; the extra addresses belong to no machine. */
  readonly subnets: Intervals;
  /** Whether it lies beyond the city's firewall: it exists elsewhere, or is the uplink. */
  readonly external: boolean;
}

/** An opening or a block, with its ends resolved to addresses. */
export interface Rule {
  /** Its id, unique among all rules of the plan, and independent of other rules. */
  readonly id: string;
  /** Name of the end that opens connections. */
  readonly fromName: string;
  /** Name of the end that accepts connections. */
  readonly toName: string;
  /** Source addresses. */
  readonly from: Intervals;
  /** Destination addresses. */
  readonly to: Intervals;
  /** Destination ports, on the number line of all ports. */
  readonly ports: Intervals;
  /** Whether it applies now; false for one prepared for an emergency. */
  readonly active: boolean;
  /** Whether each connection is logged. */
  readonly log: boolean;
  /** Owner, purpose and last day. @default - none: the management path does not expire */
  readonly accountability?: Accountability;
}

/** Who is responsible for a rule, its purpose, and its last day. */
export interface Accountability {
  readonly owner: string;
  readonly purpose: string;
  readonly ticket: string;
  /** Last day, as 2027-12-31. */
  readonly until: string;
}

/** A city's network: the input of the analysis and of all renderings. */
export interface NetworkPlan {
  /** Every segment, in the order of the file. */
  readonly segments: readonly Segment[];
  /** Every name that a rule or an expectation may use, with its addresses. */
  readonly endpoints: ReadonlyMap<string, Intervals>;
  /** Names of the endpoints outside, in the order of the file. */
  readonly outside: readonly string[];
  /** Every opening, sorted by id. Order has no effect: each opens by itself. */
  readonly openings: readonly Rule[];
  /** Every block, sorted by id; a block overrides every opening except the management path. */
  readonly blocks: readonly Rule[];
  /** Addresses of the city's own gateways, which only the management path and the monitoring path can reach. */
  readonly gateways: Intervals;
}

/** Id of the management path among the openings. */
export const MANAGEMENT_PATH = "management-path";

/** Id of the opening by which Prometheus asks the gateways. */
export const MONITORING_PATH = "monitoring-path";

/** Addresses of the segments that are created here, behind the city's firewall. */
export function insideOf(plan: Pick<NetworkPlan, "segments" | "gateways">): Intervals {
  const own = plan.segments.filter(({ external }) => !external);
  return unionOf([plan.gateways, ...own.map(({ machines }) => machines)]);
}

/**
 * Addresses where the segments among them are replaced by their whole subnets, which takes fewer ranges in a firewall.
 * The extra addresses belong to no machine; the gateways' own are not added.
 */
export function withSubnets(
  { segments, gateways }: Pick<NetworkPlan, "segments" | "gateways">,
  addresses: Intervals,
): Intervals {
  const others = gateways.subtract(addresses);
  const whole = segments.filter(({ machines }) => !machines.isEmpty && addresses.contains(machines));
  return unionOf([addresses, ...whole.map(({ subnets }) => subnets.subtract(others))]);
}
