/** An element of an XML text. */
export interface XmlElement {
  /** Its name without a namespace's prefix. */
  readonly name: string;
  /** Offset of its start tag. */
  readonly offset: number;
  /** Its own text, entities as written. */
  text: string;
  /** Whether it is written as `<Name>text</Name>`, without attributes, children or comments. */
  plain: boolean;
}

/** Where a text is no XML. */
export interface BrokenXml {
  readonly offset: number;
}

const ATTRIBUTES = String.raw`(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*`;
const TOKEN = new RegExp(
  `<\\?xml[^>]*\\?>|(?<comment><!--(?:(?!--)[^])*-->)|<(?<end>/?)(?<tag>[\\w:.-]+)(?<attributes>${ATTRIBUTES})(?<empty>/?)>|(?<text>[^<]+)`,
  "gy",
);

/** The elements of an XML text, in the order of their start tags. It knows no document type and no CDATA. */
export function xmlElements(document: string): XmlElement[] | BrokenXml {
  const elements: XmlElement[] = [];
  const open: (XmlElement & { readonly tag: string })[] = [];
  let at = 0;
  for (const match of document.matchAll(TOKEN)) {
    const { comment, end = "", tag, attributes = "", empty, text = "" } = match.groups ?? {};
    const parent = open.at(-1);
    at = match.index + match[0].length;
    if (parent !== undefined) parent.text += text;
    if (parent !== undefined && (comment !== undefined || (tag !== undefined && end === ""))) parent.plain = false;
    if (parent === undefined && (text.trim() !== "" || (tag !== undefined && elements.length > 0)))
      return { offset: match.index };
    if (tag === undefined) continue;
    if (end === "/" && open.pop()?.tag !== tag) return { offset: match.index };
    if (end === "/") continue;
    const plain = attributes === "" && empty === "" && tag === nameOf(tag);
    const element = { name: nameOf(tag), tag, offset: match.index, text: "", plain };
    elements.push(element);
    if (empty === "") open.push(element);
  }
  return at < document.length || open.length > 0 ? { offset: at } : elements;
}

function nameOf(tag: string): string {
  return tag.slice(tag.indexOf(":") + 1);
}
