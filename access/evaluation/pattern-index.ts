import { comparePriority } from "./pattern";
import type { Pattern } from "./pattern";
import { PrefixTable } from "./prefix-table";
import { SegmentTree } from "./segment-tree";

interface Placed<T> {
  readonly rank: number;
  readonly value: T;
}

/** Finds the pattern that decides on a path (OpenBao 2.6.1, `vault/policy/acl.go`). */
export class PatternIndex<T> {
  private readonly exact = new Map<string, T>();
  private readonly prefixes: PrefixTable<Placed<T>>;
  private readonly segments: SegmentTree<Placed<T>> | undefined;

  /** @param entries the value of each pattern; no pattern twice */
  public constructor(entries: readonly (readonly [Pattern, T])[]) {
    const prefixes = new Map<string, Placed<T>>();
    const segments = new SegmentTree<Placed<T>>();
    let anySegments = false;
    for (const [pattern, value] of entries) if (pattern.kind === "exact") this.exact.set(pattern.text, value);
    const others = entries.filter(([{ kind }]) => kind !== "exact").sort(([a], [b]) => comparePriority(a, b));
    for (const [rank, [pattern, value]] of others.entries()) {
      if (pattern.kind === "prefix") prefixes.set(pattern.text, { rank, value });
      else segments.add(pattern, { rank, value });
      anySegments ||= pattern.kind === "segments";
    }
    this.prefixes = new PrefixTable(prefixes);
    this.segments = anySegments ? segments : undefined;
  }

  /** The value for exactly this path. */
  public find(path: string): T | undefined {
    return this.exact.get(path) ?? this.wild(path);
  }

  /** The value for a list: the path without its trailing slash is tried second, at each step. */
  public findListed(path: string): T | undefined {
    if (!path.endsWith("/")) return this.find(path);
    const bare = path.slice(0, -1);
    return this.exact.get(path) ?? this.exact.get(bare) ?? this.wild(path) ?? this.wild(bare);
  }

  private wild(path: string): T | undefined {
    const prefix = this.prefixes.longest(path);
    return (this.segments === undefined ? prefix : this.segments.best(path, prefix))?.value;
  }
}
