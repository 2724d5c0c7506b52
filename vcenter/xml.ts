import { SaxesParser } from "saxes";
import type { SaxesTagPlain } from "saxes";

/** An element of an XML document. */
export interface Element {
  /** Its name without the namespace's prefix. */
  readonly name: string;
  readonly children: readonly Element[];
  /** Its own text, without that of its children; entities resolved. */
  readonly text: string;
  /** Its attribute `type` or `xsi:type`, by which vCenter tells kinds apart, without a prefix. @default - none */
  readonly type?: string | undefined;
  /** All its attributes, with their prefixes. @default - none */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

interface Open extends Element {
  readonly children: Open[];
  text: string;
}

/**
 * Parses a web service's XML document and returns its root. It knows only XML's own five entities, reads nothing from
 * outside and refuses a document type.
 * @throws SyntaxError where it is not well-formed
 */
export function parseXml(document: string): Element {
  const parser = new SaxesParser();
  const root = opened("");
  const open = [root];
  const top = (): Open => open.at(-1) ?? root;
  const addText = (text: string): void => {
    top().text += text;
  };
  parser.on("opentag", (tag) => {
    const element = opened(tag.name, typeOf(tag), tag.attributes);
    top().children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", addText);
  parser.on("cdata", addText);
  readAll(parser, document);
  const [only] = root.children;
  if (only === undefined) throw new SyntaxError("not well-formed XML: it has no element");
  return only;
}

function readAll(parser: SaxesParser, document: string): void {
  parser.on("doctype", () => parser.fail("a document type"));
  try {
    parser.write(document).close();
  } catch {
    throw new SyntaxError(`not well-formed XML at character ${String(parser.position)}`);
  }
}

function opened(tag: string, type?: string, attributes?: Readonly<Record<string, string>>): Open {
  return { name: withoutPrefix(tag), children: [], text: "", type, attributes };
}

function typeOf({ attributes }: SaxesTagPlain): string | undefined {
  const type = Object.entries(attributes).find(([name]) => withoutPrefix(name) === "type")?.[1];
  return type === undefined ? undefined : withoutPrefix(type);
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(":") + 1);
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
