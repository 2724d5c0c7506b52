import { SaxesParser } from "saxes";

/** An element of an XML text. */
export interface XmlElement {
  /** Its name without a namespace's prefix. */
  readonly name: string;
  /** Offset of its start tag. */
  readonly offset: number;
  /** Its own text, entities resolved. */
  text: string;
  /** Whether it is written as `<Name>text</Name>`, without prefix, attributes, children, comments and the like. */
  plain: boolean;
}

/** Where a text is no XML. */
export interface BrokenXml {
  readonly offset: number;
}

/** The elements of an XML text, in the order of their start tags; none of an empty text. A document type is refused. */
export function xmlElements(document: string): XmlElement[] | BrokenXml {
  const parser = new SaxesParser();
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  const holdsMore = (): void => {
    for (const parent of open.slice(-1)) parent.plain = false;
  };
  for (const event of ["comment", "cdata", "processinginstruction"] as const) parser.on(event, holdsMore);
  parser.on("opentag", ({ name: tag, attributes, isSelfClosing }) => {
    holdsMore();
    const name = tag.slice(tag.indexOf(":") + 1);
    const plain = tag === name && Object.keys(attributes).length === 0 && !isSelfClosing;
    // No attribute has this character.
    const element = { name, offset: document.lastIndexOf("<", parser.position - 1), text: "", plain };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    for (const parent of open.slice(-1)) parent.text += text;
  });
  parser.on("closetag", () => open.pop());
  return document.trim() === "" ? elements : (brokenAt(parser, document) ?? elements);
}

function brokenAt(parser: SaxesParser, document: string): BrokenXml | undefined {
  parser.on("doctype", () => parser.fail("a document type"));
  try {
    parser.write(document).close();
    return undefined;
  } catch {
    return { offset: Math.min(parser.position, document.length) };
  }
}
