import type { YamlEntry, YamlNode } from "../../environments/reading/yaml-tree";

/** Where a key with its value stands in a text: whole lines, with the comment above it that belongs to it. */
export interface EntryLines {
  readonly start: number;
  readonly end: number;
  /** Blanks before the key. */
  readonly indent: number;
}

/** The entry of a map at a path; undefined where there is none. */
export function entryAt(root: YamlNode, path: readonly string[]): YamlEntry | undefined {
  let [node, entry]: [YamlNode | undefined, YamlEntry | undefined] = [root, undefined];
  for (const step of path) {
    entry = node?.kind === "map" ? node.entries.get(step) : undefined;
    node = entry?.node;
  }
  return entry;
}

/** The lines of an entry; undefined where it shares a line with others, as in braces. */
export function linesOf(text: string, { keyOffset }: YamlEntry): EntryLines | undefined {
  const own = text.lastIndexOf("\n", keyOffset - 1) + 1;
  const indent = keyOffset - own;
  if (text.slice(own, keyOffset).trim() !== "") return undefined;
  return { start: withComments(text, own, indent), end: endOfBlock(text, own, indent), indent };
}

/** The comment lines right above, as far in as the key. */
function withComments(text: string, own: number, indent: number): number {
  let start = own;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!text.slice(above, start).startsWith(`${" ".repeat(indent)}#`)) return start;
    start = above;
  }
  return start;
}

/** Behind the last line that is further in; blank lines and comments after it are not its own. */
function endOfBlock(text: string, own: number, indent: number): number {
  let end = nextLine(text, own);
  for (let at = end; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at));
    if (line.trim() === "") continue;
    const isInside = line.search(/\S/) > indent || (line.search(/\S/) === indent && line.trimStart().startsWith("- "));
    if (!isInside) break;
    end = nextLine(text, at);
  }
  return end;
}

function nextLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

/** Lines, moved in or out. @param by how many blanks more; less where negative */
export function indented(lines: string, by: number): string {
  return lines
    .replaceAll(/^(?=.)/gm, by > 0 ? " ".repeat(by) : "")
    .replaceAll(by < 0 ? new RegExp(`^ {${String(-by)}}`, "gm") : /$^/g, "");
}
