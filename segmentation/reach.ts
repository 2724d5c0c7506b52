import { ANY_ADDRESS } from "./address";
import { intersect, subtract } from "./box";
import type { Region } from "./box";
import type { Intervals } from "./intervals";
import { ANY_PORT, portSet } from "./ports";
import { insideOf, MANAGEMENT_PATH } from "./plan";
import type { NetworkPlan, Rule, Segment } from "./plan";
import { RegionIndex } from "./region-index";
import { Space } from "./space";

/** The name of every address in expectations and blocks. */
export const ANY = "any";

/** What lets packets through, and which. */
export interface Way {
  /** Id of the opening; undefined where it is layer 2 itself, which no firewall sees. */
  readonly rule: string | undefined;
  /** In words: `flow access-to-desktops`, or `layer 2: "a" and "b" share the VLAN 2110`. */
  readonly text: string;
  readonly packets: Region;
}

/** What layer 2 passes from the ports of one segment to those of another, or of itself. */
export interface DirectWay extends Way {
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
  public readonly layer2: readonly DirectWay[];
  private readonly inside: Intervals;
  private readonly regions = new Map<Rule, Region>();
  private readonly blocked: Region;
  private readonly openingIndex: RegionIndex<Rule>;
  private readonly layer2Index: RegionIndex<DirectWay>;

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
    this.blocked = plan.blocks.flatMap((block) => this.packetsOf(block));
    this.openingIndex = new RegionIndex(plan.openings, (rule) => this.packetsOf(rule));
    this.layer2Index = new RegionIndex(this.layer2, ({ packets }) => packets);
  }

  /** The packets that an opening or a block is about. What passes between two ends outside never comes by here. */
  public packetsOf(rule: Rule): Region {
    const known = this.regions.get(rule);
    if (known !== undefined) return known;
    const { from, to, ports } = rule;
    const packets = [
      ...this.space.region(from.intersect(this.inside), to, ports),
      ...this.space.region(from.subtract(this.inside), to.intersect(this.inside), ports),
    ];
    this.regions.set(rule, packets);
    return packets;
  }

  /** The packets that an opening really opens: without what the blocks close. */
  public openedBy(rule: Rule): Region {
    const packets = this.packetsOf(rule);
    return rule.id === MANAGEMENT_PATH ? packets : subtract(packets, this.blocked);
  }

  /** The openings that some packets meet: those that are active and, in an emergency, those that it prepared. */
  public openingsMeeting(packets: Region, emergency: boolean): Rule[] {
    return this.openingIndex.meeting(packets).filter(({ active }) => active || emergency);
  }

  /** The ways over layer 2 that some packets meet. */
  public layer2Meeting(packets: Region): DirectWay[] {
    return this.layer2Index.meeting(packets);
  }

  /** Every way that some packets take, with just those of them that take it. */
  public waysOf(packets: Region, emergency = false): Way[] {
    const direct = this.layer2Meeting(packets);
    const opened = this.openingsMeeting(packets, emergency).map((rule) => ({
      rule: rule.id,
      text: `flow ${rule.id}`,
      packets: this.openedBy(rule),
    }));
    return [...direct, ...opened]
      .map((way) => ({ rule: way.rule, text: way.text, packets: intersect(packets, way.packets) }))
      .filter((way) => way.packets.length > 0);
  }

  /** The packets of some that nothing lets through. */
  public closed(packets: Region, emergency = false): Region {
    const ways = [
      ...this.layer2Meeting(packets).map((way) => way.packets),
      ...this.openingsMeeting(packets, emergency).map((rule) => this.openedBy(rule)),
    ];
    return ways.reduce<Region>((left, way) => subtract(left, way), packets);
  }

  /** The first block that some packets meet. */
  public blockOf(packets: Region): Rule | undefined {
    return this.plan.blocks.find((block) => intersect(packets, this.packetsOf(block)).length > 0);
  }

  /** The packets between two named ends; none where a name is unknown. */
  public between(from: string, to: string, ports: readonly string[]): Region {
    return this.space.region(this.addressesOf(from), this.addressesOf(to), portSet(ports));
  }

  /** The addresses of a named end, or of `any`; none where the name is unknown. */
  public addressesOf(name: string): Intervals {
    if (name === ANY) return ANY_ADDRESS;
    return this.plan.endpoints.get(name) ?? ANY_ADDRESS.subtract(ANY_ADDRESS);
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
  const own = segments.filter(({ external }) => !external);
  return own.flatMap((a) =>
    own.filter((b) => a.vlan === b.vlan && adjacent(a, b)).map((b): [Segment, Segment] => [a, b]),
  );
}

/** Whether a port of the first passes packets to a port of the second, both of one primary VLAN. */
function adjacent(a: Segment, b: Segment): boolean {
  if (a.ports === "promiscuous" || b.ports === "promiscuous") return true;
  // Two port groups with one plain VLAN are one network whatever their names say.
  if (a.ports === "ordinary" && b.ports === "ordinary") return true;
  return a === b && a.ports !== "isolated";
}

function shared(a: Segment, b: Segment): string {
  if (a === b) return `the machines of "${a.name}" share the VLAN ${String(a.vlan)}`;
  return `"${a.name}" and "${b.name}" share the VLAN ${String(a.vlan)}`;
}
