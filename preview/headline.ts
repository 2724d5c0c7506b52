import { count } from "../environments/display";
import type { PreviewReport } from "./report";
import { SEAT_EFFECTS } from "./seat-changes";
import type { SeatEffect } from "./seat-changes";
import { wholeNumber } from "../segmentation/render/whole-number";

const DONE: Readonly<Record<SeatEffect, string>> = {
  added: "added",
  adopted: "adopted",
  changed: "changed in place",
  restarted: "restarted",
  replaced: "replaced",
  left: "left behind",
  removed: "removed",
};

/** A deployment in one line: `3 seats restarted; 1 seat removed; felt by 2 people; 5 other resources`. */
export function headline(report: PreviewReport): string {
  const { stacks, unplanned, pools, gates, file, result, disturbed, withheld } = report;
  const failed = stacks.filter((stack) => stack.result === "failed").length;
  const total = (effect: SeatEffect): number => pools.reduce((sum, { counts }) => sum + counts[effect], 0);
  const seats = [...SEAT_EFFECTS].reverse().flatMap((effect) => part(total(effect), "seat", DONE[effect]));
  const people = pools.reduce((sum, pool) => sum + pool.people, 0);
  const others = stacks.reduce((sum, { changes }) => sum + changes.length, 0) - pools.reduce(seatCount, 0);
  const parts = [
    ...part(gates.closed.length, "gate", "closed"),
    ...(withheld.length > 0 ? ["nothing was planned, as logins would go elsewhere"] : []),
    ...part(failed, "stack", "could not be planned"),
    ...seats,
    ...(people > 0 ? [`felt by ${people === 1 ? "1 person" : `${wholeNumber(people)} people`}`] : []),
    ...part(disturbed.reduce(sessionCount, 0), "session", "at these seats now"),
    ...part(others, seats.length > 0 ? "other resource" : "resource", "changed"),
    ...part(outputsAlone(stacks), "output", "changed"),
    ...waysOf(file),
  ];
  if (result === "unchanged") return "no changes";
  return (
    parts.join("; ") ||
    (stacks.length + unplanned.length === 0
      ? "nothing was planned"
      : "no resource changes; reachability, access, capacity or cost change")
  );
}

/** Outputs of stacks without other changes: a deployment writes nothing else there. */
function outputsAlone(stacks: PreviewReport["stacks"]): number {
  return stacks.reduce((sum, { changes, outputs }) => sum + (changes.length === 0 ? outputs.length : 0), 0);
}

function waysOf(file: PreviewReport["file"]): string[] {
  const reachChanges = file?.network.reachChanges ?? [];
  return (["opened", "closed"] as const).flatMap((done) =>
    part(reachChanges.filter(({ effect }) => effect === done).length, "way", done),
  );
}

function seatCount(sum: number, { seats }: PreviewReport["pools"][number]): number {
  return sum + seats.length;
}

function sessionCount(sum: number, { sessions }: PreviewReport["disturbed"][number]): number {
  return sum + (sessions ?? 0);
}

function part(number: number, noun: string, done: string): string[] {
  return number === 0 ? [] : [`${count(number, noun)} ${done}`];
}
