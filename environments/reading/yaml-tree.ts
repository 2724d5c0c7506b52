/** A value of a file with its offset in the text, in UTF-16 code units. */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlRefused;

/** A map; for a duplicate key, the first entry. */
export interface YamlMap {
  readonly kind: "map";
  readonly offset: number;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

/** A key of a map and its value. */
export interface YamlEntry {
  readonly keyOffset: number;
  readonly node: YamlNode;
}

/** A list. */
export interface YamlList {
  readonly kind: "list";
  readonly offset: number;
  readonly items: readonly YamlNode[];
}

/** A scalar and its source, since 2026.10 and "2026.10" are not the same. */
export interface YamlScalar {
  readonly kind: "scalar";
  readonly offset: number;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** A value that was refused before, such as an alias; it is not checked further. */
export interface YamlRefused {
  readonly kind: "refused";
  readonly offset: number;
}

/** The entry of a map or the item of a list; undefined without one. */
export function childOf(node: YamlNode | undefined, step: string | number): YamlNode | undefined {
  if (node?.kind === "map" && typeof step === "string") return node.entries.get(step)?.node;
  return node?.kind === "list" && typeof step === "number" ? node.items[step] : undefined;
}

/** The value at a path, or else the last existing one on it. */
export function follow(root: YamlNode, path: readonly (string | number)[]): { node: YamlNode; complete: boolean } {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) return { node, complete: false };
    node = next;
  }
  return { node, complete: true };
}

/** The plain value: objects, arrays, texts, numbers; undefined for a refused one. */
export function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case "map":
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainValue(entry.node)]));
    case "list":
      return node.items.map(plainValue);
    case "scalar":
      return node.value;
    case "refused":
      return undefined;
  }
}
