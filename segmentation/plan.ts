import { unionOf } from "./intervals";
import type { Intervals } from "./intervals";

/** What the ports of a segment may send to one another: those of an ordinary VLAN, or of a private one. */
export type PortKind = "ordinary" | "promiscuous" | "isolated" | "community";

/** A segment as the analysis sees it. */
export interface Segment {
  /** Its name. */
  readonly name: string;
  /** What it is for. */
  readonly zone: string;
  /** Its VLAN; of a private VLAN, the primary: what shares it is one layer 2. */
  readonly vlan: number;
  /** How its ports behave within that layer 2. */
  readonly ports: PortKind;
  /** Addresses that its machines can have: without the network's, the broadcast and the routers' own. */
  readonly machines: Intervals;
  /** Its whole subnets, as firewalls are told them: what they have beside the machines' addresses is no machine's. */
  readonly subnets: Intervals;
  /** Whether it is beyond the city's firewall: it exists elsewhere, or is the uplink itself. */
  readonly external: boolean;
}

/** An opening or a block with its ends followed to addresses. */
export interface Rule {
  /** Its id, unique among all rules of the plan; never changes when another rule comes or goes. */
  readonly id: string;
  /** Name of the end that opens connections, for people. */
  readonly fromName: string;
  /** Name of the end that is reached, for people. */
  readonly toName: string;
  /** Who opens connections. */
  readonly from: Intervals;
  /** Who is reached. */
  readonly to: Intervals;
  /** What is reached, on the line of all ports. */
  readonly ports: Intervals;
  /** Whether it counts now; false for what is prepared for an emergency. */
  readonly active: boolean;
  /** Whether each connection is logged. */
  readonly log: boolean;
  /** Who answers for it, why it is there, and until when. @default - none: the management path has no end */
  readonly accountability?: Accountability;
}

/** Who answers for a rule, why it is there, and until when. */
export interface Accountability {
  readonly owner: string;
  readonly purpose: string;
  readonly ticket: string;
  /** Last day, as 2027-12-31. */
  readonly until: string;
}

/** Who may reach whom in a city: all that the analysis and the renderings are made from. */
export interface NetworkPlan {
  /** Every segment, in the order of the file. */
  readonly segments: readonly Segment[];
  /** Every name that a rule or an expectation may use, with its addresses. */
  readonly endpoints: ReadonlyMap<string, Intervals>;
  /** Names of the networks outside among them, in the order of the file. */
  readonly outside: readonly string[];
  /** Every opening, sorted by id. The order means nothing: each opens by itself. */
  readonly openings: readonly Rule[];
  /** Every block, sorted by id; a block holds against every opening but the management path. */
  readonly blocks: readonly Rule[];
  /** Addresses of the city's own gateways, which only the management path reaches. */
  readonly gateways: Intervals;
}

/** Id of the management path among the openings. */
export const MANAGEMENT_PATH = "management-path";

/** Addresses of the segments that are made here: what the city's firewall stands before. */
export function insideOf(plan: Pick<NetworkPlan, "segments" | "gateways">): Intervals {
  const own = plan.segments.filter(({ external }) => !external);
  return unionOf([plan.gateways, ...own.map(({ machines }) => machines)]);
}

/**
 * Addresses with the whole subnets of the segments that are among them, which firewalls write in fewer words. What a
 * subnet has beside its machines is nobody's, but for the gateways' own addresses: these stay as they are.
 */
export function withSubnets(
  { segments, gateways }: Pick<NetworkPlan, "segments" | "gateways">,
  addresses: Intervals,
): Intervals {
  const others = gateways.subtract(addresses);
  const whole = segments.filter(({ machines }) => !machines.isEmpty && addresses.contains(machines));
  return unionOf([addresses, ...whole.map(({ subnets }) => subnets.subtract(others))]);
}
