import { lastDay } from "../../seats/assignments";
import { count } from "../../display";
import { groups, inTime } from "../helpers/overlapping";
import type { Entry } from "../helpers/overlapping";
import type { CityRule } from "../rule";

/** Seats are divided among directorates. For each directorate above its quota, the first row in time is reported. */
export const assignmentQuota: CityRule = {
  id: "assignment-quota",
  explanation: "on no day a directorate's people hold more seats than its quota, by default its staff",
  repair: "take lines out, end some sooner, or raise the directorate's quota",
  *check({ assignments, directorates }) {
    const quotas = new Map(directorates.map(({ id, staff, quota = staff }) => [id, quota]));
    for (const entries of groups(assignments, "directorate")) {
      const quota = quotas.get(entries[0]?.assignment.directorate ?? "") ?? Infinity;
      const over = firstOver(entries, quota);
      if (over === undefined) continue;
      const message = `it is one more than the quota of ${count(quota, "seat")} on ${over.assignment.from}`;
      yield { path: ["assignments", over.index, "directorate"], message };
    }
  },
};

/** The first entry in time that exceeds the quota on its first day; undefined without one. */
function firstOver(entries: readonly Entry[], quota: number): Entry | undefined {
  const ends = entries.map(({ assignment }) => lastDay(assignment)).sort();
  let ended = 0;
  for (const [before, entry] of inTime(entries).entries()) {
    const { from } = entry.assignment;
    while ((ends[ended] ?? from) < from) ended += 1;
    if (before + 1 - ended > quota) return entry;
  }
  return undefined;
}
