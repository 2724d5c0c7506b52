import { isMap, isNode, isPair, isSeq, parseDocument } from "yaml";
import type { Document, Node, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { InputError } from "../../runtime/errors";
import { itemInBraces, renderedItem } from "./rendered-item";
import type { Item, ItemStyle } from "./rendered-item";

/** A text with a new item, and where it was put. */
export interface Inserted {
  readonly text: string;
  /** Line of the new item, from 1. */
  readonly line: number;
}

/**
 * Adds an item to the end of a list of a YAML file, written as its last one is. No other line changes, and so no comment, quote
 * or blank line; only a list in brackets gets it within its own lines. YAML's own printing would write the whole file anew.
 * @param path of the list; where it is missing, its map gets it as the last key
 * @throws InputError where its place is written in a way that takes no new lines
 */
export function insertItem(text: string, path: readonly string[], item: Item): Inserted {
  const document = parseDocument(text);
  const list = document.getIn(path, true);
  if (isSeq(list)) return list.flow === true ? inBrackets(text, list, item) : afterLast(text, list, item);
  return asNewKey(text, document, path, item);
}

function afterLast(text: string, list: YAMLSeq, item: Item): Inserted {
  const last = list.items.at(-1) as Node;
  const before = list.items.at(-2) as Node | undefined;
  const start = startOf(last);
  const indent = text.slice(lineStart(text, start), start).search(/\S/);
  const isApart = before !== undefined && /\n[ \t]*\n/.test(text.slice(endOf(before), start));
  const lines = renderedItem(item, indent, styleOf(text, last));
  return withLines(text, nextLine(text, endOf(last)), isApart ? ["", ...lines] : lines);
}

function styleOf(text: string, node: Node): ItemStyle {
  if (!isMap(node) || node.flow !== true) return "block";
  return text.slice(startOf(node), endOf(node)).includes("\n") ? "braces" : "line";
}

/** A list in brackets: empty it becomes one with a line for each item, else it stays as it is. */
function inBrackets(text: string, list: YAMLSeq, item: Item): Inserted {
  const last = list.items.at(-1) as Node | undefined;
  const start = startOf(list);
  if (last === undefined) {
    const keyIndent = text.slice(lineStart(text, start)).search(/\S/);
    const [emptied, from] = withoutEmpty(text, start, endOf(list));
    return withLines(emptied, nextLine(emptied, from), renderedItem(item, keyIndent + 2, "block"));
  }
  const [at, own] = [endOf(last), lineStart(text, startOf(last))];
  const isOnLines = text.slice(start, startOf(last)).includes("\n");
  if (!isOnLines) return { text: spliced(text, at, `, ${itemInBraces(item)}`), line: lineOf(text, at) };
  const comma = text.startsWith(",", at) ? "" : ",";
  const indent = " ".repeat(text.slice(own).search(/\S/));
  return withLines(spliced(text, at, comma), nextLine(text, at) + comma.length, [`${indent}${itemInBraces(item)},`]);
}

function withoutEmpty(text: string, start: number, end: number): [string, number] {
  const from = text.slice(0, start).trimEnd().length;
  return [text.slice(0, from) + text.slice(end), from];
}

function asNewKey(text: string, document: Document, path: readonly string[], item: Item): Inserted {
  const [key = "", ...above] = [...path].reverse();
  const map = above.length === 0 ? document.contents : document.getIn(above.reverse(), true);
  if (!isMap(map) || map.flow === true || map.items.length === 0) {
    const name = path.slice(0, -1).join(".");
    throw new InputError(
      `${name} takes no new line; repair: write its keys each on its own line, or add ${key}: [] to it`,
    );
  }
  const first = startOf((map as YAMLMap<Scalar>).items[0]?.key as Node);
  const indent = first - lineStart(text, first);
  const added = withLines(text, nextLine(text, endOf(map)), [
    `${" ".repeat(indent)}${key}:`,
    ...renderedItem(item, indent + 2, "block"),
  ]);
  return { ...added, line: added.line + 1 };
}

/** Offset of a node's hyphen, of an item in a block list; else of its text. */
function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Offset behind the last character that belongs to a value, comments after it left out. */
function endOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    const inner = isPair(last) ? (isNode(last.value) && last.value.range ? last.value : last.key) : last;
    if (isNode(inner)) return endOf(inner);
  }
  return node.range?.[1] ?? 0;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line after the one in which a value ends; a block scalar ends at its beginning. */
function nextLine(text: string, end: number): number {
  if (end > 0 && text[end - 1] === "\n") return end;
  const found = text.indexOf("\n", end);
  return found < 0 ? text.length : found + 1;
}

function withLines(text: string, at: number, lines: readonly string[]): Inserted {
  const isLineStart = at === 0 || text[at - 1] === "\n";
  const added = `${isLineStart ? "" : "\n"}${lines.join("\n")}\n`;
  const blank = lines[0] === "" ? 1 : 0;
  return { text: spliced(text, at, added), line: lineOf(text, at) + (isLineStart ? 0 : 1) + blank };
}

function spliced(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
