import { Composer, Parser } from "yaml";
import type { CST, Document } from "yaml";
import { shortened } from "../display";
import type { OffsetFinding } from "../offset-finding";
import { DEEPEST_NESTING, boundedLexemes, tooDeep } from "./lexemes";

const MOST_SYNTAX_ERRORS = 10;
/** The parsed document of a text, or why it cannot be parsed. */
export type Syntax =
  | { readonly document: Document.Parsed; readonly findings: readonly OffsetFinding[] }
  | { readonly document: undefined; readonly findings: readonly OffsetFinding[] };

/**
 * Parses YAML 1.2 with the core schema. Tokens are checked first: the tokenizer keeps its own stack, while composing a
 * document recurses and would overflow on a hundred thousand brackets.
 */
export function parseSyntax(text: string): Syntax {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const excess = boundedLexemes(text, (lexeme) => tokens.push(...parser.next(lexeme)));
  if (excess !== undefined) return { document: undefined, findings: [excess] };
  tokens.push(...parser.end());
  const findings = [...strayTokens(tokens), ...directives(tokens), ...deepTokens(tokens)];
  if (findings.length > 0) return { document: undefined, findings };
  const document = firstDocument(tokens, text.length);
  if (document === undefined) return { document, findings: [empty()] };
  const errors = syntaxErrors(document);
  if (errors.length > 0) return { document: undefined, findings: errors.slice(0, MOST_SYNTAX_ERRORS) };
  return { document, findings: secondDocument(tokens) };
}

/** What the parser found, each once: it says of an open bracket at the end twice the same. */
function syntaxErrors({ errors }: Document.Parsed): OffsetFinding[] {
  const found = errors.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  const findings = found.map(({ pos, message }) => syntaxFinding(pos[0], message));
  return [...new Map(findings.map((one) => [`${String(one.offset)} ${one.message}`, one])).values()];
}

function firstDocument(tokens: readonly CST.Token[], length: number): Document.Parsed | undefined {
  // Duplicate keys are found elsewhere: the composer would compare every two keys of a map.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: "silent", schema: "core" });
  for (const document of composer.compose(tokens, false, length)) return document;
  return undefined;
}

function secondDocument(tokens: readonly CST.Token[]): OffsetFinding[] {
  const [, second] = tokens.filter((token) => token.type === "document");
  if (second === undefined) return [];
  const repair = "keep one document and take out the '---' and what follows";
  return [finding("yaml-documents", second.offset, "a second document begins", "one document a file", repair)];
}

/** Problems in the tokens alone; composing a document of a hundred thousand stray brackets would take seconds. */
function strayTokens(tokens: readonly CST.Token[]): OffsetFinding[] {
  const errors = tokens.filter((token) => token.type === "error").slice(0, MOST_SYNTAX_ERRORS);
  return errors.map(({ offset, message }) => syntaxFinding(offset, message));
}

function directives(tokens: readonly CST.Token[]): OffsetFinding[] {
  const found = tokens.find(({ type }) => type === "directive");
  const allowed = "plain YAML 1.2 without directives";
  return found
    ? [finding("yaml-directive", found.offset, "a directive begins with '%'", allowed, "take the line out")]
    : [];
}

function deepTokens(tokens: readonly CST.Token[]): OffsetFinding[] {
  const offset = deepOffset(tokens);
  return offset === undefined ? [] : [tooDeep(offset)];
}

function deepOffset(tokens: readonly CST.Token[]): number | undefined {
  const left: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST_NESTING) return token.offset;
    if (token.type === "document" && token.value) left.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const child of children(token)) left.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function children(collection: Extract<CST.Token, { items: unknown }>): CST.Token[] {
  return collection.items.flatMap(({ key, value }) => [key, value]).filter((token) => token != null);
}

function syntaxFinding(offset: number, reason: string): OffsetFinding {
  const message = `not YAML: ${shortened(reason)}`;
  const repair = "check the quotes, colons and indentation of this line and of the one above it";
  return finding("yaml-syntax", offset, message, "YAML 1.2", repair);
}

function empty(): OffsetFinding {
  return finding(
    "yaml-empty",
    0,
    "the file is empty",
    "a city's declaration",
    "write one, as environments/README.md shows",
  );
}

function finding(rule: string, offset: number, message: string, allowed: string, repair: string): OffsetFinding {
  return { offset, path: [], rule, message, allowed, repair };
}
