import { intersect, subtract } from "./box";
import type { Box, Region } from "./box";
import { placesOf, portsOf } from "./matrix";
import type { NetworkPlan } from "./plan";
import { Reach } from "./reach";

/** Packets between two places that pass either before or after a change, but not both. */
export interface ReachChange {
  /** A segment or a network outside; where the packets belong to neither, the flow's end. */
  readonly from: string;
  /** As `from`, for the destination. */
  readonly to: string;
  /** Whether the change opens or closes them. */
  readonly effect: "opened" | "closed";
  /** Ports as in a file, such as `tcp/443`; `any` for all. */
  readonly ports: readonly string[];
  /** Ids of the flows that open them, or opened them; `layer 2` where they pass no firewall. */
  readonly by: readonly string[];
  /** Whether it concerns only some of the addresses of the two places. */
  readonly partial: boolean;
}

/** Two analyses whose packets can be compared. */
interface Comparison {
  readonly before: Reach;
  readonly after: Reach;
}

/**
 * What a change of a plan opens and closes, exact for each packet. A packet that another rule passes afterwards is no
 * change.
 */
export function difference(before: NetworkPlan, after: NetworkPlan): ReachChange[] {
  const both = { before: new Reach(before, after), after: new Reach(after, before) };
  const { opened, closed } = changedPackets(both);
  return [...changes(both.before, closed, "closed"), ...changes(both.after, opened, "opened")];
}

/** The packets that pass only afterwards, and those that passed only before. */
export function changedPackets({ before, after }: Comparison): { readonly opened: Region; readonly closed: Region } {
  const [old, fresh] = [passing(before), passing(after)];
  return { opened: without(fresh, old), closed: without(old, fresh) };
}

/** All packets that pass now: on layer 2, and by active openings. */
function passing(reach: Reach): Region {
  const active = reach.plan.openings.filter((rule) => rule.active);
  return [...reach.layer2.flatMap(({ packets }) => packets), ...active.flatMap((rule) => reach.openedBy(rule))];
}

/** Two plans share most boxes: only the others have to be split. */
function without(these: Region, those: Region): Box[] {
  const same = new Set(those.map(textOf));
  return subtract(
    these.filter((box) => !same.has(textOf(box))),
    those,
  );
}

function textOf({ from, to, ports }: Box): string {
  return [from, to, ports].map((runs) => runs.join(",")).join(" ");
}

function changes(reach: Reach, packets: Region, effect: ReachChange["effect"]): ReachChange[] {
  if (packets.length === 0) return [];
  const places = placesOf(reach);
  let elsewhere = packets;
  const found = places.flatMap((from) =>
    places.flatMap((to) => {
      const all = reach.between(from, to, ["any"]);
      const part = intersect(packets, all);
      if (part.length === 0) return [];
      elsewhere = subtract(elsewhere, all);
      return [{ from, to, effect, ...described(reach, part), partial: isPart(reach, from, to, part) }];
    }),
  );
  return [...found, ...byFlow(reach, elsewhere, effect)];
}

function described(reach: Reach, packets: Region): Pick<ReachChange, "ports" | "by"> {
  const by = reach.waysOf(packets).map(({ rule }) => rule ?? "layer 2");
  return { ports: portsOf(packets), by: [...new Set(by)] };
}

function isPart(reach: Reach, from: string, to: string, packets: Region): boolean {
  return subtract(reach.between(from, to, portsOf(packets)), packets).length > 0;
}

/** Packets outside every named place: reported between the ends of the flows that open them. */
function byFlow(reach: Reach, packets: Region, effect: ReachChange["effect"]): ReachChange[] {
  return [...reach.openingsMeeting(packets, false)].flatMap((rule) => {
    const part = intersect(packets, reach.openedBy(rule));
    if (part.length === 0) return [];
    const { fromName: from, toName: to, id } = rule;
    return [{ from, to, effect, ports: portsOf(part), by: [id], partial: true }];
  });
}
