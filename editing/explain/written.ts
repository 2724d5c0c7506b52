import { shortened } from "../../environments/display";
import { formatPath } from "../../environments/path";
import type { Path } from "../../environments/path";
import { lineCounter } from "../../environments/reading/line-counter";
import type { TextSource } from "../../environments/reading/source";
import type { YamlNode } from "../../environments/reading/yaml-tree";
import type { SourceLocation } from "../../environments/violation";
import type { FoundKey } from "./find-key";
import type { TypedStep } from "./typed-path";

/** Keys by which an item of a list is known. */
const NAMING = ["name", "id", "code", "seat"];
const MOST_EXAMPLE_LINES = 8;

/** A value as it stands in a file. */
export interface Written extends SourceLocation {
  /** Its path for people: `pools[name=anagrafe].seats`. */
  readonly path: string;
  /** The value in one line; of a list or map, what it has. */
  readonly value: string;
}

/** A value in a file. @see placesOf */
interface Place {
  readonly path: Path;
  readonly node: YamlNode;
  /** Offset of its key, or of the item. */
  readonly offset: number;
}

/** Every value of a key that a file has, or the one that its path names. */
export function writtenIn(source: TextSource, key: FoundKey): Written[] {
  const { root, file, text } = source;
  if (root === undefined) return [];
  const lines = lineCounter(text);
  return placesOf(root, key).map(({ path, node }) => {
    const { line, col } = lines.linePos(node.offset);
    return { file, line, column: col, path: formatPath(root, path), value: inOneLine(node) };
  });
}

/** The first value of a key in a file with its own key, at most eight lines as they stand there; undefined without any. */
export function exampleIn(
  { root, file, text }: TextSource,
  key: FoundKey,
): (SourceLocation & { readonly text: string }) | undefined {
  const [place] = root === undefined ? [] : placesOf(root, key);
  if (place === undefined) return undefined;
  const { line, col } = lineCounter(text).linePos(place.offset);
  return { file, line, column: col, text: linesAt(text.split("\n").slice(line - 1), col - 1) };
}

/** A line from a column on, and those below it that are indented further; in braces the whole line. */
function linesAt([first = "", ...rest]: readonly string[], column: number): string {
  const start = first.slice(0, column);
  const isAlone = /^[\s-]*$/.test(start);
  const end = rest.findIndex((line) => line.trim() !== "" && !line.startsWith(" ".repeat(column + 1)));
  const below = isAlone ? rest.slice(0, end < 0 ? rest.length : end).map((line) => line.slice(column)) : [];
  const all = [isAlone ? first.slice(column) : first.trim(), ...below.map((line) => line.trimEnd())];
  // In braces over several lines a comma is behind it.
  const shown = all.slice(0, MOST_EXAMPLE_LINES).join("\n").trimEnd().replace(/,$/, "");
  return all.length > MOST_EXAMPLE_LINES ? `${shown}\n...` : shown;
}

/** Whether a list of the file, by its steps in the schema, has an item of that name. */
export function hasItem(root: YamlNode | undefined, steps: readonly string[], name: string): boolean {
  if (root === undefined) return false;
  const typed = steps.map((step): TypedStep => (step === "*" ? { kind: "any" } : { kind: "key", name: step }));
  return placesOf(root, { steps, typed }).some(({ node }) =>
    childrenOf(node).some((child) => isNamed(child.node, name)),
  );
}

function placesOf(root: YamlNode, { steps, typed }: Pick<FoundKey, "steps" | "typed">): Place[] {
  let places: Place[] = [{ path: [], node: root, offset: root.offset }];
  for (const [index, step] of steps.entries()) {
    const meant: TypedStep = step === "*" ? (typed[index] ?? { kind: "any" }) : { kind: "key", name: step };
    places = places.flatMap((place) => childrenOf(place.node, place.path).filter((child) => isMeant(child, meant)));
  }
  return places;
}

function childrenOf(node: YamlNode, path: Path = []): Place[] {
  if (node.kind === "list")
    return node.items.map((item, index) => ({ path: [...path, index], node: item, offset: item.offset }));
  if (node.kind !== "map") return [];
  return [...node.entries].map(([key, entry]) => ({ path: [...path, key], node: entry.node, offset: entry.keyOffset }));
}

function isMeant({ path, node }: Place, step: TypedStep): boolean {
  const own = path.at(-1);
  switch (step.kind) {
    case "any":
      return true;
    case "index":
      return own === step.index;
    case "named":
      return valueOf(node, step.key) === step.value;
    case "key":
      return typeof own === "string" ? own === step.name : isNamed(node, step.name);
  }
}

function isNamed(node: YamlNode, name: string): boolean {
  return NAMING.some((key) => valueOf(node, key) === name);
}

function valueOf(node: YamlNode, key: string): string | undefined {
  const value = node.kind === "map" ? node.entries.get(key)?.node : undefined;
  return value?.kind === "scalar" ? String(value.value) : undefined;
}

function inOneLine(node: YamlNode): string {
  switch (node.kind) {
    case "scalar":
      return shortened(node.source);
    case "list":
      return shortened(`[${node.items.map(inOneLine).join(", ")}]`);
    case "map":
      return shortened(
        `{ ${[...node.entries].map(([key, { node: value }]) => `${key}: ${inOneLine(value)}`).join(", ")} }`,
      );
    case "refused":
      return "not a plain value";
  }
}
