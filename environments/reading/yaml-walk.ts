import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { count, quoted, shortened } from "../display";
import type { OffsetFinding } from "../offset-finding";
import type { Path } from "../path";
import type { YamlEntry, YamlNode } from "./yaml-tree";

/**
 * Maximum number of items in a list and of keys in a map: more ranges than the longest published list of a network
 * outside has; there are 4,094 VLANs, and less of everything else.
 */
export const MOST_ITEMS = 10_000;

/** Refused constructs: what is allowed instead, and the repair. */
const REFUSALS = {
  "yaml-alias": { allowed: "plain values", repair: "write the value out" },
  "yaml-anchor": { allowed: "plain values", repair: "take the anchor out" },
  "yaml-merge": { allowed: "plain maps", repair: "write the keys out" },
  "yaml-tag": { allowed: "values without tags", repair: "take the tag out" },
  "yaml-key": { allowed: "keys of text", repair: "write a name before the colon" },
  "yaml-duplicate": { allowed: "each key once", repair: "keep one of the two" },
  "yaml-length": { allowed: `at most ${count(MOST_ITEMS, "item")} each`, repair: "take out what is not needed" },
  "unknown-key": { allowed: "the keys of the schema", repair: "take it out" },
};

/**
 * Turns a parsed document into a tree of plain values with offsets, and reports what a city's file does not need:
 * anchors, aliases and merge keys (which can expand without bound), tags, keys that are not text, duplicate keys, too
 * long lists and maps.
 */
export function walk(contents: unknown): { root: YamlNode; findings: readonly OffsetFinding[] } {
  const walker = new Walker();
  return { root: walker.node(contents, [], 0), findings: walker.findings };
}

class Walker {
  public readonly findings: OffsetFinding[] = [];

  public node(node: unknown, path: Path, parentOffset: number): YamlNode {
    if (isAlias(node)) return this.alias(node, path);
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) return this.list(node, path);
    if (isScalar(node)) return this.scalar(node, path);
    return { kind: "scalar", offset: parentOffset, value: null, source: "" };
  }

  private alias(node: Alias, path: Path): YamlNode {
    const offset = offsetOf(node);
    this.refuse("yaml-alias", offset, path, `the alias ${quoted(`*${node.source}`)} stands for another value`);
    return { kind: "refused", offset };
  }

  private map(node: YAMLMap, path: Path): YamlNode {
    this.properties(node, path);
    if (node.items.length > MOST_ITEMS) return this.long(node, path);
    const entries = new Map<string, YamlEntry>();
    for (const pair of node.items) this.entry(pair, path, entries, offsetOf(node));
    return { kind: "map", offset: offsetOf(node), entries };
  }

  private entry(pair: Pair, path: Path, entries: Map<string, YamlEntry>, mapOffset: number): void {
    const keyOffset = isNode(pair.key) ? offsetOf(pair.key) : mapOffset;
    const key = this.key(pair, path, keyOffset);
    if (key === undefined) return;
    const place = [...path, key];
    const node = this.node(pair.value, place, keyOffset);
    if (entries.has(key)) this.refuse("yaml-duplicate", keyOffset, place, `the key ${quoted(key)} is written twice`);
    else entries.set(key, { keyOffset, node });
  }

  private key({ key, value }: Pair, path: Path, offset: number): string | undefined {
    if (!isScalar(key)) {
      this.refuse("yaml-key", offset, path, "a key is not text");
      return undefined;
    }
    this.properties(key, path);
    const name = typeof key.value === "string" ? key.value : (key.source ?? "");
    if (typeof key.value !== "string") this.keyNotText(name, value === null, [...path, name], offset);
    return this.isAllowed(name, path, offset) ? name : undefined;
  }

  private keyNotText(name: string, alone: boolean, path: Path, offset: number): void {
    if (name === "") this.refuse("yaml-key", offset, path, "a key is empty");
    else
      this.refuse("yaml-key", offset, path, `the key ${shortened(name)} is not text`, { repair: renamed(name, alone) });
  }

  private isAllowed(name: string, path: Path, offset: number): boolean {
    if (name === "<<") this.refuse("yaml-merge", offset, path, 'the merge key "<<" takes in another map');
    // Never set on an object: it is the object's prototype, and zod ignores it.
    else if (name === "__proto__") this.refuse("unknown-key", offset, [...path, name], `unknown key ${quoted(name)}`);
    else return true;
    return false;
  }

  private list(node: YAMLSeq, path: Path): YamlNode {
    this.properties(node, path);
    if (node.items.length > MOST_ITEMS) return this.long(node, path);
    const offset = offsetOf(node);
    return { kind: "list", offset, items: node.items.map((item, index) => this.node(item, [...path, index], offset)) };
  }

  private long(node: YAMLMap | YAMLSeq, path: Path): YamlNode {
    const offset = offsetOf(node);
    this.refuse("yaml-length", offset, path, `a list or map of ${count(node.items.length, "item")}`);
    return { kind: "refused", offset };
  }

  private scalar(node: Scalar, path: Path): YamlNode {
    const offset = offsetOf(node);
    const { value, source = "" } = node;
    if (this.properties(node, path) || !isPlain(value)) return { kind: "refused", offset };
    return { kind: "scalar", offset, value, source };
  }

  /** Refuses a tag and an anchor; true where a tag makes the value unclear. */
  private properties(node: Scalar | YAMLMap | YAMLSeq, path: Path): boolean {
    const { tag, anchor } = node;
    if (tag !== undefined) this.refuse("yaml-tag", offsetOf(node), path, `it has the tag ${quoted(tag)}`);
    if (anchor !== undefined)
      this.refuse("yaml-anchor", offsetOf(node), path, `it has the anchor ${quoted(`&${anchor}`)}`);
    return tag !== undefined;
  }

  private refuse(
    rule: keyof typeof REFUSALS,
    offset: number,
    path: Path,
    message: string,
    more: Partial<OffsetFinding> = {},
  ): void {
    this.findings.push({ rule, offset, path, message, ...REFUSALS[rule], ...more });
  }
}

/** In braces a comma ends a value: `{ cpu: 3,20 }` is 3, and a key 20 without a value. */
function renamed(name: string, alone: boolean): string {
  const comma = alone && /^\d+$/.test(name);
  return comma ? "write a decimal point in place of the comma before it" : `put it in quotes: ${quoted(name)}`;
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
