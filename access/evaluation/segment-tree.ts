import type { Pattern } from "./pattern";
import { PrefixTable } from "./prefix-table";

/** An entry of the tree; the highest rank wins. */
export interface Ranked {
  readonly rank: number;
}

interface Node<T> {
  readonly named: Map<string, Node<T>>;
  any: Node<T> | undefined;
  /** The entry of a pattern that ends here. */
  closed: T | undefined;
  /** Entries of open patterns, by the beginning of their last segment. */
  readonly open: Map<string, T>;
  table: PrefixTable<T> | undefined;
}

/** Finds the winning pattern of segments for a path; it visits only nodes that match the path's segments. */
export class SegmentTree<T extends Ranked> {
  private readonly root: Node<T> = emptyNode();

  /** Adds the entry of a pattern of kind `segments`; no pattern twice. */
  public add({ text, open }: Pattern, value: T): void {
    const segments = text.split("/");
    const last = open ? segments.pop() : undefined;
    let node = this.root;
    for (const segment of segments) node = next(node, segment);
    if (last === undefined) node.closed = value;
    else node.open.set(last, value);
    node.table = undefined;
  }

  /** The winner among the given entry and all matching ones; undefined without any. */
  public best(path: string, given: T | undefined): T | undefined {
    return search(this.root, path, 0, given);
  }
}

/** Continues at the segment that begins at `from`; the path may be at its end. */
function search<T extends Ranked>(node: Node<T>, path: string, from: number, given: T | undefined): T | undefined {
  if (from > path.length) return higher(given, node.closed);
  const slash = path.indexOf("/", from);
  const end = slash === -1 ? path.length : slash;
  const segment = path.slice(from, end);
  let best = given;
  if (node.open.size > 0) best = higher(best, (node.table ??= new PrefixTable(node.open)).longest(segment));
  const named = node.named.get(segment);
  if (named !== undefined) best = search(named, path, end + 1, best);
  return node.any === undefined ? best : search(node.any, path, end + 1, best);
}

function next<T>(node: Node<T>, segment: string): Node<T> {
  if (segment === "+") return (node.any ??= emptyNode());
  const found = node.named.get(segment) ?? emptyNode<T>();
  node.named.set(segment, found);
  return found;
}

function higher<T extends Ranked>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.rank > b.rank ? a : b;
}

function emptyNode<T>(): Node<T> {
  return { named: new Map(), any: undefined, closed: undefined, open: new Map(), table: undefined };
}
