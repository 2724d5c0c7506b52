import { bytesOf } from "./go-text";

/** The path of a rule, as OpenBao 2.6.1 reads it (its `vault/policy/policy.go`). */
export interface Pattern {
  /**
   * `exact`: this path alone. `prefix`: every path that begins so. `segments`: a path segment by segment, where `+` is any
   * segment, also an empty one.
   */
  readonly kind: "exact" | "prefix" | "segments";
  /** Without the leading slash and the trailing `*`, a character for each byte. */
  readonly text: string;
  /** Whether there was a trailing `*`, so that a path may go on behind it. */
  readonly open: boolean;
}

/**
 * Reads a rule's path. One leading slash does not count. A `*` that is not at the end is an ordinary character, and so is a
 * `+` that is not a whole segment; yet a segment that only begins with `+` makes the pattern one of segments.
 */
export function patternOf(path: string): Pattern {
  const bytes = bytesOf(path.startsWith("/") ? path.slice(1) : path);
  const segments = bytes === "+" || bytes.startsWith("+/") || bytes.includes("/+");
  const open = bytes.endsWith("*");
  const text = open ? bytes.slice(0, -1) : bytes;
  if (segments) return { kind: "segments", text, open };
  return { kind: open ? "prefix" : "exact", text, open };
}

/** One text for each pattern that is another: rules that have it in common are merged. */
export function patternKey({ text, open }: Pattern): string {
  return open ? `${text}*` : text;
}

/**
 * Which of two patterns that are not exact wins where both match: negative when the second does. In turn: the first
 * wildcard stands later, the end is closed, there are fewer `+`, the text is longer, and then sorts later.
 */
export function comparePriority(a: Pattern, b: Pattern): number {
  return (
    firstWildcard(a) - firstWildcard(b) ||
    Number(b.open) - Number(a.open) ||
    wildcards(b) - wildcards(a) ||
    a.text.length - b.text.length ||
    (a.text < b.text ? -1 : Number(a.text > b.text))
  );
}

/** Of a prefix its end; of segments the first `+` at all, be it a wildcard or not. */
function firstWildcard({ kind, text }: Pattern): number {
  return kind === "prefix" ? text.length : text.indexOf("+");
}

function wildcards({ kind, text }: Pattern): number {
  return kind === "prefix" ? 0 : text.split("/").filter((segment) => segment === "+").length;
}
