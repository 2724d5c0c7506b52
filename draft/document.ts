import { Document, isMap, isScalar, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Node } from "yaml";
import type { DraftMap, DraftNode } from "./entry";

/** The width of lines in this repository's files, and of comments, which may be indented. */
const [WIDTH, COMMENT_WIDTH] = [120, 110];

/**
 * The YAML text of a draft. Comments of one line stand behind their value; those above stand above.
 * @param header lines of comment at the top
 * @param footer lines of comment at the end
 */
export function draftText(header: readonly string[], root: DraftMap, footer: readonly string[]): string {
  const document = new Document(nodeOf(root));
  document.commentBefore = commentOf(header);
  document.comment = commentOf(footer);
  const { contents } = document;
  if (isMap(contents)) for (const { key } of contents.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return closed(document.toString({ lineWidth: WIDTH }));
}

/** Lists on one line without blanks at their ends, as in this repository: `[tcp/22, tcp/443]`. */
function closed(text: string): string {
  return text.replace(/^([^#\n]*?)\[ ([^\n[\]]*) \]/gm, "$1[$2]");
}

/** @param inLine whether it is within a collection on one line, behind which alone a comment may stand */
function nodeOf(node: DraftNode, inLine = false): Node {
  const made = bareNode(node, inLine);
  if (inLine || node.kind === "list" || node.comment === undefined || node.comment === "") return made;
  made.comment = ` ${node.comment}`;
  return made;
}

function bareNode(node: DraftNode, inLine: boolean): Node {
  if (node.kind === "value") return new Scalar(node.value);
  if (node.kind === "list") return sequence(node.items, inLine || node.flow);
  const map = new YAMLMap();
  map.flow = node.flow;
  for (const [key, value] of node.entries) map.items.push(pair(key, value, inLine || node.flow));
  return map;
}

function sequence(items: readonly DraftNode[], flow: boolean): YAMLSeq {
  const made = new YAMLSeq();
  made.flow = flow;
  for (const item of items) {
    const node = nodeOf(item, flow);
    if (item.above !== undefined) node.commentBefore = commentOf(item.above);
    made.items.push(node);
  }
  return made;
}

function pair(key: string, node: DraftNode, inLine: boolean): Pair {
  const name = new Scalar(key);
  if (node.above !== undefined) name.commentBefore = commentOf(node.above);
  return new Pair(name, nodeOf(node, inLine));
}

function commentOf(lines: readonly string[]): string {
  return lines
    .flatMap(wrapped)
    .map((text) => ` ${text}`)
    .join("\n");
}

/** A text in lines of whole words. */
function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length >= COMMENT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}
