/** An element of an XML document. */
export interface Element {
  /** Its name without the namespace's prefix. */
  readonly name: string;
  readonly children: readonly Element[];
  /** Its own text, without that of its children; entities resolved. */
  readonly text: string;
  /** Its attribute `type` or `xsi:type`, by which vCenter tells kinds apart, without a prefix. @default - none */
  readonly type?: string | undefined;
}

interface Open {
  readonly name: string;
  readonly type: string | undefined;
  readonly tag: string;
  readonly children: Element[];
  text: string;
}

/**
 * A comment or processing instruction; CDATA; a tag with its attributes; text. Anything else, such as a document type,
 * is refused.
 */
const TOKEN =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<data>[^]*?)\]\]>|<(?<end>\/?)(?<tag>[\w:.-]+)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/gy;
const TYPE = /\s(?:[\w.-]+:)?type\s*=\s*["'](?:[\w.-]+:)?([\w.-]*)["']/;
const ENTITY = /&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Parses a web service's XML document and returns its root. It knows only XML's own five entities and reads nothing
 * from outside.
 * @throws SyntaxError where it is not well-formed
 */
export function parseXml(document: string): Element {
  const root: Open = { name: "", type: undefined, tag: "", children: [], text: "" };
  const open: Open[] = [root];
  let at = 0;
  for (const match of document.matchAll(TOKEN)) {
    take(open, match.groups ?? {}, match.index);
    at = match.index + match[0].length;
  }
  const [only] = root.children;
  if (at < document.length || open.length > 1 || only === undefined || root.children.length > 1) throw broken(at);
  return only;
}

/** Escapes text for element content and attributes. Characters that XML does not allow are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[<>&"'\r]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** The first child with a name. */
export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** All children with a name. */
export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** The text of the first child with a name; undefined where there is none. */
export function childText(element: Element | undefined, name: string): string | undefined {
  return child(element, name)?.text;
}

function take(open: Open[], groups: Record<string, string | undefined>, at: number): void {
  const { data, end, tag, attributes = "", empty, text } = groups;
  const top = open.at(-1);
  if (top === undefined) throw broken(at);
  if (tag === undefined) {
    top.text += data ?? resolve(text ?? "", at);
  } else if (end === "/") {
    if (top.tag !== tag || open.length < 2) throw broken(at);
    open.pop();
  } else {
    const element: Open = {
      name: tag.slice(tag.indexOf(":") + 1),
      type: TYPE.exec(attributes)?.[1],
      tag,
      children: [],
      text: "",
    };
    top.children.push(element);
    if (empty !== "/") open.push(element);
  }
}

function resolve(text: string, at: number): string {
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    const known = name === undefined ? String.fromCodePoint(Number(decimal ?? `0x${hex ?? ""}`)) : NAMED[name];
    if (known === undefined) throw broken(at);
    return known;
  });
}

function broken(at: number): SyntaxError {
  return new SyntaxError(`not well-formed XML at character ${String(at)}`);
}
