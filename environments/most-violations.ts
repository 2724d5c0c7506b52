import { count } from "./display";
import type { OffsetFinding } from "./offset-finding";

/** The most violations that are told of a file: more than anybody reads at once. */
export const MOST_VIOLATIONS = 1000;

/**
 * Enough of what may be far more to know that there are too many; what is made one by one is made no further.
 * @param items what is looked through
 */
export function* enough<T>(items: Iterable<T>): Generator<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken > MOST_VIOLATIONS) return;
  }
}

/** The findings in the order of the file, and behind the most that are told one that says that there are more. */
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
