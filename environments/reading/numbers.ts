import { quoted, shortened } from "../display";
import type { OffsetFinding } from "../offset-finding";
import type { Path } from "../path";
import { quantities } from "./quantity";
import { accepts } from "./schema-at";
import { inWords, optionsOf, purpose, shapeAt } from "./shape";
import type { Shape } from "./shape";
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from "./yaml-tree";

const PLAIN_NUMBER = /^(?!-0+(?:\.0*)?$)-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/**
 * Refuses numbers that the author may have meant differently from what YAML reads, where the schema expects a number:
 * `4.000` is 4 in YAML and four thousand in Italy, 010 is 8 for some YAML readers and 10 for others.
 * @returns the tree, in which such a number counts as refused, and the findings
 */
export function checkNumbers(root: YamlNode): { root: YamlNode; findings: readonly OffsetFinding[] } {
  const checker = new Checker(root);
  return { root: checker.node(root, []), findings: checker.findings };
}

class Checker {
  public readonly findings: OffsetFinding[] = [];

  public constructor(private readonly root: YamlNode) {}

  public node(node: YamlNode, path: Path): YamlNode {
    switch (node.kind) {
      case "map":
        return this.map(node, path);
      case "list":
        return this.list(node, path);
      case "scalar":
        return this.scalar(node, path);
      case "refused":
        return node;
    }
  }

  private map(node: YamlMap, path: Path): YamlNode {
    let changed: Map<string, YamlEntry> | undefined;
    for (const [key, entry] of node.entries) {
      const value = this.node(entry.node, [...path, key]);
      if (value === entry.node) continue;
      changed ??= new Map(node.entries);
      changed.set(key, { ...entry, node: value });
    }
    return changed === undefined ? node : { ...node, entries: changed };
  }

  private list(node: YamlList, path: Path): YamlNode {
    const items = node.items.map((item, index) => this.node(item, [...path, index]));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }

  private scalar(node: YamlScalar, path: Path): YamlNode {
    if (!mayBeOdd(node, keyOf(path))) return node;
    const shape = shapeAt(this.root, path);
    const number = optionsOf(shape).find(({ type }) => type === "integer" || type === "number");
    const text = typeof node.value === "string" ? node.value : undefined;
    if (number === undefined || (text !== undefined && accepts(this.root, path, text))) return node;
    const finding = oddNumber(node, path, number);
    if (finding === undefined) return node;
    this.findings.push({ ...finding, allowed: inWords(shape) });
    return { kind: "refused", offset: node.offset };
  }
}

/** Whether the schema has to be checked. */
function mayBeOdd({ value, source }: YamlScalar, key: string): boolean {
  if (typeof value === "number") return source.includes(".") || !PLAIN_NUMBER.test(source);
  const isText = typeof value === "string" && /\p{Nd}/u.test(value);
  return isText && [false, true].some((amount) => quantities(source, key, amount).length > 0);
}

function keyOf(path: Path): string {
  return path.findLast((step) => typeof step === "string") ?? "";
}

function oddNumber(
  { value, source, offset }: YamlScalar,
  path: Path,
  shape: Shape,
): Omit<OffsetFinding, "allowed"> | undefined {
  const meant = quantities(source, keyOf(path), isAmount(shape));
  const at = { offset, path, value: shortened(source) };
  if (typeof value === "string")
    return meant.length === 0 ? undefined : { ...at, ...numberAsText(source, meant, shape) };
  const oddity = oddityOf(source, meant, shape);
  if (oddity === undefined) return undefined;
  const repair = repairOf(meant, shape) ?? `write ${inWords(shape)}${purpose(shape)}`;
  return { ...at, rule: "yaml-number", message: `${shortened(source)} ${oddity}`, repair };
}

function numberAsText(
  source: string,
  meant: readonly number[],
  shape: Shape,
): Pick<OffsetFinding, "rule" | "message" | "repair"> {
  const repair = repairOf(meant, shape, " without quotes");
  if (repair !== undefined) return { rule: "wrong-type", message: `${quoted(source)} is text`, repair };
  const message = `${quoted(source)} is text and may mean ${meant.join(" or ")}`;
  return { rule: "wrong-type", message, repair: `write ${inWords(shape)}${purpose(shape)}` };
}

/** What is ambiguous about a number that YAML reads as one; undefined without anything. */
function oddityOf(source: string, meant: readonly number[], shape: Shape): string | undefined {
  if (!PLAIN_NUMBER.test(source)) return "is a number in unusual notation";
  const allowed = meant.filter((number) => holds(number, shape));
  const whole = shape.type === "integer";
  if (meant.length > 1 && (whole || allowed.length > 1)) return `may mean ${meant.join(" or ")}`;
  if (whole) return "has a decimal point";
  return allowed.length > 0 && allowed[0] !== Number(source) ? `may mean ${meant.join(" or ")}` : undefined;
}

/**
 * The repair with what was probably meant; for an amount, whose thousands dot may be a decimal point, each meaning;
 * undefined where that is not allowed.
 */
function repairOf(meant: readonly number[], shape: Shape, how = ""): string | undefined {
  const whole = shape.type === "integer";
  const [likeliest, ...others] = whole ? meant.filter((number) => Number.isInteger(number)) : meant;
  if (likeliest === undefined || !holds(likeliest, shape)) return undefined;
  const instead = whole ? [] : others.filter((number) => holds(number, shape));
  return `write ${written(likeliest, shape)}${how}${instead.map((one) => `, or ${written(one, shape)} if that is meant`).join("")}`;
}

function written(number: number, shape: Shape): string {
  return isAmount(shape) && !Number.isInteger(number) ? number.toFixed(2) : String(number);
}

function isAmount({ multipleOf }: Shape): boolean {
  return multipleOf === 0.01;
}

function holds(number: number, shape: Shape): boolean {
  const { type, minimum = -Infinity, maximum = Infinity } = shape;
  if (number < minimum || number > maximum || !PLAIN_NUMBER.test(String(number))) return false;
  return type === "integer" ? Number.isSafeInteger(number) : !isAmount(shape) || Number(number.toFixed(2)) === number;
}
