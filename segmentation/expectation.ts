import type { Region } from "./box";
import type { Reach } from "./reach";
import type { Packet } from "./space";

/** An expectation of a city's file: mustReach or mustNotReach. */
export interface Expectation {
  /** Name of an end, or `any`. */
  readonly from: string;
  /** Name of an end, or `any`. */
  readonly to: string;
  /** Port as in a file: `tcp/443`, `any`. */
  readonly port: string;
}

/** Why an expectation does not hold. */
export interface Failure {
  /** A packet that contradicts it. */
  readonly witness: Packet;
  /** The reason: `flow access-to-desktops`, `block quarantine`, `no flow opens it`. */
  readonly because: string;
  /** Id of that opening or block. @default - none: layer 2 passes it, or no flow opens it */
  readonly rule?: string;
}

/** Checks that every packet of an expectation passes now; undefined where it does, otherwise one that does not. */
export function unreached(reach: Reach, { from, to, port }: Expectation): Failure | undefined {
  const [box] = reach.closed(reach.between(from, to, [port]));
  if (box === undefined) return undefined;
  // The reason for exactly this packet: another port of the box may be closed by another rule.
  const cell = reach.space.cell(box);
  const witness = reach.space.packet(cell);
  const block = intended(reach, [cell]) ? reach.blockOf([cell]) : undefined;
  if (block === undefined) return { witness, because: "no flow opens it" };
  return { witness, because: `block ${block.id}`, rule: block.id };
}

/**
 * Checks that no packet of an expectation passes, in an emergency either; undefined where none does, otherwise one that
 * does.
 */
export function reached(reach: Reach, { from, to, port }: Expectation): Failure | undefined {
  const packets = reach.between(from, to, [port]);
  return passing(reach, packets, false) ?? passing(reach, packets, true);
}

function passing(reach: Reach, packets: Region, emergency: boolean): Failure | undefined {
  const [way] = reach.waysTaken(packets, emergency);
  const [box] = way?.packets ?? [];
  if (way === undefined || box === undefined) return undefined;
  const because = emergency ? `${way.text}, once the emergency is active` : way.text;
  return { witness: reach.space.packet(box), because, ...(way.rule !== undefined && { rule: way.rule }) };
}

/** Whether an opening would pass some of the packets, if there were no blocks. */
function intended(reach: Reach, packets: Region): boolean {
  return reach.openingsMeeting(packets, false).next().done !== true;
}
