import type { z } from "zod";
import { count, escaped, listed, nearest, quoted, quotedApart, shortened } from "../display";
import { movedKey } from "../format/moved-keys";
import type { OffsetFinding } from "../offset-finding";
import { textFinding } from "../model/plain-text";
import { enough } from "../most-violations";
import type { Path } from "../path";
import { meantText } from "./meant-text";
import { accepts } from "./schema-at";
import { choicesOf, discriminators, inWords, keysOf, optionsOf, purpose, shapeAt } from "./shape";
import type { Shape } from "./shape";
import { follow } from "./yaml-tree";
import type { YamlNode } from "./yaml-tree";

/** What YAML reads for a backslash and a letter in double quotes (YAML 1.2, section 5.7). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
]);

type Issue = z.core.$ZodIssue;

/** The context of a schema issue. */
interface IssueContext {
  readonly root: YamlNode;
  readonly path: Path;
  readonly node: YamlNode;
  readonly shape: Shape | undefined;
  /** Whether the path has no value. */
  readonly missing: boolean;
}

/**
 * Turns the schema's issues into findings, with what is allowed and a repair; none about values that were refused
 * before, and none twice.
 */
export function findingsOf(issues: readonly Issue[], root: YamlNode): OffsetFinding[] {
  const found = Array.from(enough(issues)).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    const { node, complete } = follow(root, path);
    if (node.kind === "refused" || (issue.code === "custom" && lacksRefused(node))) return [];
    return findings(issue, { root, path, node, shape: shapeAt(root, path), missing: !complete });
  });
  return [
    ...new Map(
      found.map((finding) => [`${String(finding.offset)} ${finding.message} ${finding.repair}`, finding]),
    ).values(),
  ];
}

/** Whether a value of a map was refused before: an issue of the whole map may be a consequence. */
function lacksRefused(node: YamlNode): boolean {
  return node.kind === "map" && [...node.entries.values()].some(({ node: value }) => value.kind === "refused");
}

function findings(issue: Issue, context: IssueContext): OffsetFinding[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, context));
  if (context.missing) return [missingKey(context)];
  switch (issue.code) {
    case "invalid_key":
      return [badKey(issue, context)];
    case "invalid_type":
      return [wrongType(context)];
    case "invalid_value":
      return [notAChoice(choicesOf(context.shape), context)];
    case "invalid_union":
      return [issue.discriminator === undefined ? wrongType(context) : notAVariant(issue.discriminator, context)];
    case "too_small":
    case "too_big":
    case "not_multiple_of":
      return [outOfRange(context)];
    default:
      return [wrongForm(issue, context)];
  }
}

function unknownKey(key: string, context: IssueContext): OffsetFinding {
  const { node, path } = context;
  const keys = keysOf(context.shape);
  const offset = node.kind === "map" ? (node.entries.get(key)?.keyOffset ?? node.offset) : node.offset;
  const meant = nearest(key, keys);
  const moved = movedKey([...path, key]);
  const repair = meant === undefined ? "take it out" : `write ${quotedApart(meant, key)}`;
  return {
    offset,
    path: [...path, key],
    rule: "unknown-key",
    message: `unknown key ${quotedApart(key, meant ?? key)}`,
    allowed: keys.join(", "),
    repair: moved === undefined ? repair : `run 'migrate': ${moved.from} ${moved.told}`,
  };
}

function missingKey({ path, node, shape, root }: IssueContext): OffsetFinding {
  const key = String(path.at(-1));
  const variants = discriminators(shapeAt(root, path.slice(0, -1)), key);
  return {
    offset: node.offset,
    path,
    rule: "missing-key",
    message: `the key ${quoted(key)} is missing`,
    allowed: variants.length > 0 ? listed(variants) : inWords(shape),
    repair: `add it${purpose(shape)}`,
  };
}

function badKey(issue: z.core.$ZodIssueInvalidKey, { root, path }: IssueContext): OffsetFinding {
  const key = String(path.at(-1));
  const map = follow(root, path.slice(0, -1)).node;
  return {
    offset: map.kind === "map" ? (map.entries.get(key)?.keyOffset ?? map.offset) : map.offset,
    path,
    rule: "wrong-form",
    message: `the key ${quoted(key)} does not have the right form`,
    allowed: issue.issues.map(({ message }) => message).join("; "),
    repair: "rename it",
  };
}

function wrongType(context: IssueContext): OffsetFinding {
  const { node, shape } = context;
  return { ...at(context, "wrong-type"), message: received(node), allowed: inWords(shape), repair: retyped(context) };
}

function retyped(context: IssueContext): string {
  const { root, node, path, shape } = context;
  if (node.kind !== "scalar") return `write ${inWords(shape)}${purpose(shape)}`;
  const { value, source } = node;
  if (typeof value === "string" && shape?.type === "boolean") return yesOrNo(value);
  if (shape?.type === "string" && value !== null && accepts(root, path, source))
    return `put it in quotes: ${quoted(source)}`;
  return rewritten(context) ?? `write ${inWords(shape)}${purpose(shape)}`;
}

/** A repair with what was probably meant; undefined where that is unclear. */
function rewritten(context: IssueContext): string | undefined {
  const meant = meantAt(context) ?? nearestWord(context);
  return meant === undefined ? undefined : `write ${asTyped(meant)}${purpose(context.shape)}`;
}

/** The nearest of the words that the schema allows beside texts of a form, such as the names of presets. */
function nearestWord({ node, shape }: IssueContext): string | undefined {
  return node.kind === "scalar" ? nearest(node.source, optionsOf(shape).flatMap(choicesOf)) : undefined;
}

function meantAt({ root, node, path }: IssueContext): string | undefined {
  if (node.kind !== "scalar" || node.value === null) return undefined;
  const text = typeof node.value === "string" ? node.value : node.source;
  return meantText(text, (one) => accepts(root, path, one));
}

/** In full, since a shortened text would be refused. In double quotes a backslash begins an escape. */
function asTyped(text: string): string {
  return text.includes("\\") ? `'${escaped(text)}'` : `"${escaped(text)}"`;
}

function yesOrNo(value: string): string {
  if (/^(?:y|yes|on|true)$/i.test(value)) return "write true";
  return /^(?:n|no|off|false)$/i.test(value) ? "write false" : "write true or false";
}

function notAChoice(choices: readonly string[], context: IssueContext): OffsetFinding {
  const { node, shape } = context;
  const meant = node.kind === "scalar" ? nearest(String(node.value), choices) : undefined;
  const [only] = choices;
  if (shape?.const === true) return onlyTrue(context);
  const repair = choices.length === 1 && only !== undefined ? `write ${quoted(only)}` : "choose one of them";
  return {
    ...at(context, "not-a-choice"),
    message: `${bare(node)} is not one of the choices`,
    allowed: listed(choices),
    repair: `${meant === undefined ? repair : `write ${quoted(meant)}`}${purpose(shape)}`,
  };
}

/** A value that may only be true or left out. A quoted "true" would be text, and refused next. */
function onlyTrue(context: IssueContext): OffsetFinding {
  const message = `${bare(context.node)} is not true`;
  return { ...at(context, "not-a-choice"), message, allowed: "true", repair: "write true, or take the key out" };
}

function notAVariant(key: string, context: IssueContext): OffsetFinding {
  const parent = shapeAt(context.root, context.path.slice(0, -1));
  return notAChoice(discriminators(parent, key), context);
}

function outOfRange(context: IssueContext): OffsetFinding {
  const { node, shape } = context;
  const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
  const message =
    text === undefined ? `${bare(node)} is out of range` : `${bare(node)} has ${String(text.length)} characters`;
  const allowed = inWords(shape);
  return { ...at(context, "out-of-range"), message, allowed, repair: `write ${allowed}${purpose(shape)}` };
}

/** Problems of any text come first; then what the schema says of this one. */
function wrongForm(issue: Issue, context: IssueContext): OffsetFinding {
  const { node, shape } = context;
  const finding = node.kind === "scalar" && typeof node.value === "string" ? textFinding(node.value) : undefined;
  const told = finding === undefined ? apart(context) : bare(node);
  const message = `${told} ${finding?.message ?? "does not have the right form"}`;
  const own = (finding === undefined ? undefined : (unescaped(context) ?? finding.repair)) ?? repairOf(issue);
  const repair = own === undefined ? rewritten(context) : `${own}${purpose(shape)}`;
  return {
    ...at(context, "wrong-form"),
    message,
    allowed: issue.message,
    repair: repair ?? `correct it${purpose(shape)}`,
  };
}

/** The text, distinguishable from what was probably meant, which may look the same. */
function apart(context: IssueContext): string {
  const meant = meantAt(context);
  const { node } = context;
  const isText = node.kind === "scalar" && typeof node.value === "string";
  return isText && meant !== undefined ? quotedApart(node.source, meant) : bare(node);
}

/** A repair with single quotes where double quotes turned a backslash into an escape, if the text is valid then. */
function unescaped({ root, node, path }: IssueContext): string | undefined {
  if (node.kind !== "scalar" || typeof node.value !== "string") return undefined;
  const characters = Array.from(node.value);
  const without = characters.filter((character) => !ESCAPES.has(character)).join("");
  const meant = characters.map((character) => ESCAPES.get(character) ?? character).join("");
  return meant === node.value || accepts(root, path, without) || !accepts(root, path, meant)
    ? undefined
    : `write ${asTyped(meant)}`;
}

/** The repair of a schema's own refusal. */
function repairOf(issue: Issue): string | undefined {
  const repair: unknown = issue.code === "custom" ? issue.params?.repair : undefined;
  return typeof repair === "string" ? repair : undefined;
}

function at({ node, path }: IssueContext, rule: string): Pick<OffsetFinding, "offset" | "path" | "rule" | "value"> {
  return { offset: node.offset, path, rule, ...valueOf(node) };
}

/** The value as written, for a violation; none for maps and lists. */
export function valueOf(node: YamlNode): { value?: string } {
  return node.kind === "scalar" && node.source !== "" ? { value: shortened(node.source) } : {};
}

function received(node: YamlNode): string {
  if (node.kind !== "scalar") return `it is ${bare(node)}`;
  if (node.value === null) return "it is empty";
  if (typeof node.value === "string") return `${bare(node)} is text`;
  return `${bare(node)} is ${typeof node.value === "number" ? "a number" : "a truth value"}`;
}

function bare(node: YamlNode): string {
  switch (node.kind) {
    case "map":
      return `a map of ${count(node.entries.size, "key")}`;
    case "list":
      return `a list of ${count(node.items.length, "item")}`;
    case "refused":
      return "what was refused";
    case "scalar":
      return typeof node.value === "string" ? quoted(node.value) : shortened(node.source) || "nothing";
  }
}
