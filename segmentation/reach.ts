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

/** The name of every address in expectations and blocks. */
export const ANY = "any";

/** What lets packets through, and which. */
export interface PermittedFlow {
  /** Id of the opening; undefined where it is layer 2 itself, which no firewall sees. */
  readonly rule: string | undefined;
  /** In words: `flow access-to-desktops`, or `layer 2: "a" and "b" share the VLAN 2110`. */
  readonly text: string;
  readonly packets: Region;
}

/** What layer 2 passes from the ports of one segment to those of another, or of itself. */
export interface DirectFlow extends PermittedFlow {
  readonly from: Segment;
  readonly to: Segment;
}

/**
 * Who reaches whom, exactly: what layer 2 passes between ports of one VLAN, and what the openings pass through the
 * firewall, without what the blocks close. Answers to a connection are not counted: the firewall keeps state.
 *
 * Promiscuous mode, forged transmits and MAC changes are refused in every port group (constructs/network), so that on
 * layer 2 a machine sends from and receives for its own address only.
 */
export class Reach {
  /** Its numbers of addresses. */
  public readonly space: Space;
  /** Everything that layer 2 passes, by pairs of segments. */
  public readonly layer2: readonly DirectFlow[];
  private readonly inside: Intervals;
  private readonly regions = new Map<Rule, Region>();
  private readonly halves = new WeakMap<Intervals, { readonly inside: Intervals; readonly outside: Intervals }>();
  private readonly blockIndex: RegionIndex<Rule>;
  private readonly openingIndex: RegionIndex<Rule>;
  private readonly layer2Index: RegionIndex<DirectFlow>;

  /** @param compared another plan, so that the packets of both analyses have the same numbers. @default - none */
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

  /** The packets that an opening or a block is about. What passes between two ends outside never comes by here. */
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

  /** The packets that an opening really opens: without what the blocks close. */
  public openedBy(rule: Rule): Region {
    const packets = this.packetsOf(rule);
    return subtract(packets, this.blockedOf(rule, packets));
  }

  /** What of some packets an opening really opens, box by box: whoever asks for the first waits for no other. */
  public *openedOf(packets: Region, rule: Rule): Generator<Box, void> {
    const common = intersect(packets, this.packetsOf(rule));
    yield* remaining(common, this.blockedOf(rule, common));
  }

  /** The openings that some packets meet: those that are active and, in an emergency, those that it prepared. */
  public *openingsMeeting(packets: Region, emergency: boolean): Generator<Rule, void> {
    for (const rule of this.openingIndex.meeting(packets)) if (rule.active || emergency) yield rule;
  }

  /** The ways over layer 2 that some packets meet. */
  public layer2Meeting(packets: Region): DirectFlow[] {
    return [...this.layer2Index.meeting(packets)];
  }

  /** Every way that some packets take, with just those of them that take it. */
  public waysOf(packets: Region, emergency = false): PermittedFlow[] {
    return [...this.waysTaken(packets, emergency)].map(({ packets: taken, ...way }) => ({
      ...way,
      packets: [...taken],
    }));
  }

  /** The same, one way after the other and box by box: whoever asks for the first waits for no other. */
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

  /** The packets of some that nothing lets through, box by box. */
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

  /** The first block that some packets meet. */
  public blockOf(packets: Region): Rule | undefined {
    const [block] = this.blockIndex.meeting(packets);
    return block;
  }

  /** The packets between two named ends; none where a name is unknown. */
  public between(from: string, to: string, ports: readonly string[]): Region {
    return this.space.region(this.addressesOf(from), this.addressesOf(to), portSet(ports));
  }

  /** The addresses of a named end, or of `any`; none where the name is unknown. */
  public addressesOf(name: string): Intervals {
    if (name === ANY) return ANY_ADDRESS;
    return this.plan.endpoints.get(name) ?? NONE;
  }

  private blockedOf({ id }: Rule, packets: Region): Region {
    if (id === MANAGEMENT_PATH) return [];
    return [...this.blockIndex.meeting(packets)].flatMap((block) => this.packetsOf(block));
  }

  /** The part of an end that the firewall stands before, and the rest; asked once an end, however many rules have it. */
  private halvesOf(end: Intervals): { readonly inside: Intervals; readonly outside: Intervals } {
    const known = this.halves.get(end) ?? { inside: end.intersect(this.inside), outside: end.subtract(this.inside) };
    this.halves.set(end, known);
    return known;
  }
}

/** Every set of addresses that a plan knows. */
function setsOf(plan: NetworkPlan): Intervals[] {
  return [
    insideOf(plan),
    ...plan.endpoints.values(),
    ...plan.segments.map(({ machines }) => machines),
    ...[...plan.openings, ...plan.blocks].flatMap(({ from, to }) => [from, to]),
  ];
}

/** Pairs of segments, in both directions, whose ports pass packets to each other without a router (RFC 5517, section 2). */
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

/** Whether a port of the first passes packets to a port of the second, both of one primary VLAN. */
function adjacent(a: Segment, b: Segment): boolean {
  if (a.ports === "promiscuous" || b.ports === "promiscuous") return true;
  // Two port groups with one plain VLAN are one network whatever their names say.
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
