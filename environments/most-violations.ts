import { count } from "./display";
import type { OffsetFinding } from "./offset-finding";

/** Maximum number of violations reported for a file. */
export const MOST_VIOLATIONS = 1000;

/**
 * Stops after one more than the maximum, so that the rest of a lazy sequence is never computed.
 * @param items the sequence
 */
export function* enough<T>(items: Iterable<T>): Generator<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken > MOST_VIOLATIONS) return;
  }
}

/** The findings in the order of the file; after the maximum a last one says that there are more. */
export function told(findings: readonly OffsetFinding[]): OffsetFinding[] {
  const sorted = [...findings].sort((a, b) => a.offset - b.offset);
  const next = sorted[MOST_VIOLATIONS];
  return next === undefined ? sorted : [...sorted.slice(0, MOST_VIOLATIONS), more(next)];
}

function more({ offset, path }: OffsetFinding): OffsetFinding {
  return {
    offset,
    path,
    rule: "too-many-violations",
    message: `there are more than ${count(MOST_VIOLATIONS, "violation")}; the others are not told`,
    allowed: "no violation",
    repair: "correct those above and check again",
  };
}
