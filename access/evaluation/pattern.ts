import { bytesOf } from "./go-text";

/** A rule's path, as OpenBao 2.6.1 parses it (its `vault/policy/policy.go`). */
export interface Pattern {
  /**
   * `exact`: this path alone. `prefix`: every path that begins with it. `segments`: compared by segment, where `+`
   * matches any segment, also an empty one.
   */
  readonly kind: "exact" | "prefix" | "segments";
  /** Without the leading slash and the trailing `*`, a character for each byte. */
  readonly text: string;
  /** Whether there was a trailing `*`, so that longer paths match too. */
  readonly open: boolean;
}

/**
 * Parses a rule's path. One leading slash is ignored. A `*` elsewhere than at the end is an ordinary character, and so
 * is a `+` within a segment; but a segment that begins with `+` still makes the pattern one of segments.
 */
export function patternOf(path: string): Pattern {
  const bytes = bytesOf(path.startsWith("/") ? path.slice(1) : path);
  const segments = bytes === "+" || bytes.startsWith("+/") || bytes.includes("/+");
  const open = bytes.endsWith("*");
  const text = open ? bytes.slice(0, -1) : bytes;
  if (segments) return { kind: "segments", text, open };
  return { kind: open ? "prefix" : "exact", text, open };
}

/** A key of the pattern: rules with the same key are merged. */
export function patternKey({ text, open }: Pattern): string {
  return open ? `${text}*` : text;
}

/**
 * Compares the priority of two patterns that are not exact and both match: negative when the second wins. In this
 * order: the first wildcard comes later, no trailing `*`, fewer `+`, longer text, later in sorting.
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

/** For a prefix its length; for segments the position of the first `+`, wildcard or not. */
function firstWildcard({ kind, text }: Pattern): number {
  return kind === "prefix" ? text.length : text.indexOf("+");
}

function wildcards({ kind, text }: Pattern): number {
  return kind === "prefix" ? 0 : text.split("/").filter((segment) => segment === "+").length;
}
