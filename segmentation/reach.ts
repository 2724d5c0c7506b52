import { ANY_ADDRESS } from "./address";
import { intersect, remaining, subtract } from "./box";
import type { Box, Region } from "./box";
import { NONE } from "./intervals";
import type { Intervals } from "./intervals";
import { ANY_PORT, portSet } from "./ports";
import { insideOf, MANAGEMENT_PATH } from "./plan";
import type { NetworkPlan, Rule, Segment } from "./plan";
import { RegionIndex } from "./region-index";
import { Space } from "./space";

/** The name of all addresses in expectations and blocks. */
export const ANY = "any";

/** What lets packets pass, and the packets. */
export interface PermittedFlow {
  /** Id of the opening; undefined for layer 2, which passes no firewall. */
  readonly rule: string | undefined;
  /** In words: `flow access-to-desktops`, or `layer 2: "a" and "b" share the VLAN 2110`. */
  readonly text: string;
  readonly packets: Region;
}

/** What layer 2 passes from the ports of one segment to those of another, or of the same. */
export interface DirectFlow extends PermittedFlow {
  readonly from: Segment;
  readonly to: Segment;
}

/**
 * Exact reachability: what layer 2 passes between ports of one VLAN, and what openings pass through the firewall, minus
 * what blocks close. Answers to a connection are not counted: the firewall is stateful.
 *
 * Promiscuous mode, forged transmits and MAC changes are refused in every port group (constructs/network), so on layer
 * 2 a machine sends and receives only with its own address.
 */
export class Reach {
  /** Its numbering of addresses. */
  public readonly space: Space;
  /** All flows on layer 2, by pairs of segments. */
  public readonly layer2: readonly DirectFlow[];
  private readonly inside: Intervals;
  private readonly regions = new Map<Rule, Region>();
  private readonly halves = new WeakMap<Intervals, { readonly inside: Intervals; readonly outside: Intervals }>();
  private readonly blockIndex: RegionIndex<Rule>;
  private readonly openingIndex: RegionIndex<Rule>;
  private readonly layer2Index: RegionIndex<DirectFlow>;

  /** @param compared another plan, so that packets of both analyses have the same numbers. @default - none */
  public constructor(
    public readonly plan: NetworkPlan,
    compared?: NetworkPlan,
  ) {
    this.inside = insideOf(plan);
    this.space = new Space([...setsOf(plan), ...(compared === undefined ? [] : setsOf(compared))]);
    this.layer2 = layer2Pairs(plan.segments).map(([a, b]) => ({
      from: a,
      to: b,
      rule: undefined,
      text: `layer 2: ${shared(a, b)}`,
      packets: this.space.region(a.machines, b.machines, ANY_PORT),
    }));
    this.blockIndex = new RegionIndex(plan.blocks, (block) => this.packetsOf(block));
    this.openingIndex = new RegionIndex(plan.openings, (rule) => this.packetsOf(rule));
    this.layer2Index = new RegionIndex(this.layer2, ({ packets }) => packets);
  }

  /** The packets of an opening or a block. Packets between two ends outside never pass here. */
  public packetsOf(rule: Rule): Region {
    const known = this.regions.get(rule);
    if (known !== undefined) return known;
    const [source, target] = [this.halvesOf(rule.from), this.halvesOf(rule.to)];
    const packets = [
      ...this.space.region(source.inside, rule.to, rule.ports),
      ...this.space.region(source.outside, target.inside, rule.ports),
    ];
    this.regions.set(rule, packets);
    return packets;
  }

  /** The packets that an opening effectively opens: without those that blocks close. */
  public openedBy(rule: Rule): Region {
    const packets = this.packetsOf(rule);
    return subtract(packets, this.blockedOf(rule, packets));
  }

  /** The packets of a set that an opening effectively opens, lazily by box. */
  public *openedOf(packets: Region, rule: Rule): Generator<Box, void> {
    const common = intersect(packets, this.packetsOf(rule));
    yield* remaining(common, this.blockedOf(rule, common));
  }

  /** The openings that match some packets: active ones and, in an emergency, prepared ones. */
  public *openingsMeeting(packets: Region, emergency: boolean): Generator<Rule, void> {
    for (const rule of this.openingIndex.meeting(packets)) if (rule.active || emergency) yield rule;
  }

  /** The flows on layer 2 that match some packets. */
  public layer2Meeting(packets: Region): DirectFlow[] {
    return [...this.layer2Index.meeting(packets)];
  }

  /** Every flow that passes some packets, each with those packets. */
  public waysOf(packets: Region, emergency = false): PermittedFlow[] {
    return [...this.waysTaken(packets, emergency)].map(({ packets: taken, ...way }) => ({
      ...way,
      packets: [...taken],
    }));
  }

  /** The same, lazily by flow and box. */
  public *waysTaken(
    packets: Region,
    emergency: boolean,
  ): Generator<Omit<PermittedFlow, "packets"> & { packets: Iterable<Box> }, void> {
    for (const { rule, text, packets: passed } of this.layer2Index.meeting(packets)) {
      yield { rule, text, packets: intersect(packets, passed) };
    }
    for (const rule of this.openingsMeeting(packets, emergency)) {
      const opened = this.openedOf(packets, rule);
      const first = opened.next();
      if (first.done !== true) yield { rule: rule.id, text: `flow ${rule.id}`, packets: chain(first.value, opened) };
    }
  }

  /** The packets of a set that nothing passes, lazily by box. */
  public *closed(packets: Region, emergency = false): Generator<Box, void> {
    const openings = [...this.openingsMeeting(packets, emergency)];
    const isManagement = ({ id }: Rule): boolean => id === MANAGEMENT_PATH;
    const always = [
      ...this.layer2Meeting(packets),
      ...openings.filter(isManagement).map((rule) => ({ packets: this.packetsOf(rule) })),
    ];
    const opened = openings.filter((rule) => !isManagement(rule)).flatMap((rule) => this.packetsOf(rule));
    const blocks = [...this.blockIndex.meeting(packets)].flatMap((block) => this.packetsOf(block));
    for (const box of remaining(
      packets,
      always.flatMap((way) => way.packets),
    )) {
      yield* intersect([box], blocks);
      yield* remaining([box], opened);
    }
  }

  /** The first block that matches some packets. */
  public blockOf(packets: Region): Rule | undefined {
    const [block] = this.blockIndex.meeting(packets);
    return block;
  }

  /** The packets between two named ends; empty where a name is unknown. */
  public between(from: string, to: string, ports: readonly string[]): Region {
    return this.space.region(this.addressesOf(from), this.addressesOf(to), portSet(ports));
  }

  /** The addresses of a named end, or of `any`; empty where the name is unknown. */
  public addressesOf(name: string): Intervals {
    if (name === ANY) return ANY_ADDRESS;
    return this.plan.endpoints.get(name) ?? NONE;
  }

  private blockedOf({ id }: Rule, packets: Region): Region {
    if (id === MANAGEMENT_PATH) return [];
    return [...this.blockIndex.meeting(packets)].flatMap((block) => this.packetsOf(block));
  }

  /** The part of an end behind the firewall, and the rest; cached for each end. */
  private halvesOf(end: Intervals): { readonly inside: Intervals; readonly outside: Intervals } {
    const known = this.halves.get(end) ?? { inside: end.intersect(this.inside), outside: end.subtract(this.inside) };
    this.halves.set(end, known);
    return known;
  }
}

/** Every set of addresses in a plan. */
function setsOf(plan: NetworkPlan): Intervals[] {
  return [
    insideOf(plan),
    ...plan.endpoints.values(),
    ...plan.segments.map(({ machines }) => machines),
    ...[...plan.openings, ...plan.blocks].flatMap(({ from, to }) => [from, to]),
  ];
}

/** Pairs of segments, in both directions, whose ports reach each other without a router (RFC 5517, section 2). */
function layer2Pairs(segments: readonly Segment[]): [Segment, Segment][] {
  const together = new Map<number, Segment[]>();
  const own = segments.filter(({ external }) => !external);
  for (const segment of own) {
    const others = together.get(segment.vlan);
    if (others === undefined) together.set(segment.vlan, [segment]);
    else others.push(segment);
  }
  return own.flatMap((a) =>
    (together.get(a.vlan) ?? []).filter((b) => adjacent(a, b)).map((b): [Segment, Segment] => [a, b]),
  );
}

/** Whether a port of the first reaches a port of the second, both in one primary VLAN. */
function adjacent(a: Segment, b: Segment): boolean {
  if (a.ports === "promiscuous" || b.ports === "promiscuous") return true;
  // Two port groups with the same plain VLAN are one network.
  if (a.ports === "ordinary" && b.ports === "ordinary") return true;
  return a === b && a.ports !== "isolated";
}

function* chain(first: Box, others: Iterable<Box>): Generator<Box, void> {
  yield first;
  yield* others;
}

function shared(a: Segment, b: Segment): string {
  if (a === b) return `the machines of "${a.name}" share the VLAN ${String(a.vlan)}`;
  return `"${a.name}" and "${b.name}" share the VLAN ${String(a.vlan)}`;
}
