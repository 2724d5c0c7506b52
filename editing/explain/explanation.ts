import { z } from "zod";
import { changesOf } from "../../environments/changes";
import { cityRules, crossCityRules } from "../../environments/rules";
import { ruleKeys } from "../../environments/rules/rule-keys";
import { choicesOf, inWords } from "../../environments/reading/shape";
import type { Shape } from "../../environments/reading/shape";
import { schemaAt } from "../../environments/reading/schema-at";
import type { TextSource } from "../../environments/reading/source";
import type { SourceLocation } from "../../environments/violation";
import type { FoundKey } from "./find-key";
import { isNamed, itemOf, keysIn } from "./schema-keys";
import type { SchemaKey } from "./schema-keys";
import { keyName } from "./key-name";
import { unitOf } from "./unit";
import { exampleIn, writtenIn } from "./written";
import type { Written } from "./written";

/** A path's root is a file that has nothing, for looking up the schema alone. */
const NO_FILE = { kind: "map", offset: 0, entries: new Map() } as const;

/** What a key of a map is, in short. */
export interface KeySummary {
  readonly key: string;
  /** What its value is, in words. */
  readonly type: string;
  /** Whether the file must have it. */
  readonly needed: boolean;
  /** Which variants of the map have it, such as `backend: pg`; empty where all have. */
  readonly where: readonly string[];
  /** What stands for it where the file does not have it. @default - nothing */
  readonly default?: unknown;
  /** What it means. @default - nothing is said */
  readonly meaning?: string;
}

/** All that is to be said of a key. */
export interface Explanation extends KeySummary {
  /** Unit of a number. @default - none */
  readonly unit?: string;
  /** The only values allowed; empty where the schema does not list them. */
  readonly choices: readonly string[];
  /** The form that a text must have. @default - any */
  readonly form?: string;
  /** The keys that a map has, or each item of a list; empty for anything else. */
  readonly keys: readonly KeySummary[];
  /** What the next deployment does with a change, as environments/README.md says it. */
  readonly changes: readonly { readonly what: string; readonly effect: string }[];
  /** The rules that look at it, with what they say must hold. */
  readonly rules: readonly { readonly id: string; readonly holds: string }[];
  /** A value of it in a file, as it stands there. @default - no file has it */
  readonly example?: SourceLocation & { readonly text: string };
  /** Each value of it in the city's file. @default - no city was named */
  readonly written?: readonly Written[];
}

/** What an explanation is made from. */
export interface Explained {
  readonly key: FoundKey;
  /** Files to take an example from; the first that has the key counts. */
  readonly examples: readonly TextSource[];
  /** The file of the city that was named. @default - none */
  readonly city?: TextSource | undefined;
}

/** Explains a key. */
export function explanationOf({ key, examples, city }: Explained): Explanation {
  const { steps, shape } = key;
  const [unit, form] = [isNumber(shape) ? unitOf(steps) : undefined, formOf(key)];
  const example = examples.map((source) => exampleIn(source, { ...key, typed: [] })).find((one) => one !== undefined);
  return {
    ...summaryOf(keyName(steps), key),
    ...(unit === undefined ? {} : { unit }),
    choices: choicesOf(shape),
    ...(form === undefined ? {} : { form }),
    keys: keysOf(shape),
    changes: changesOf(steps).map(({ what, effect }) => ({ what, effect })),
    rules: rulesOf(steps),
    ...(example === undefined ? {} : { example }),
    ...(city === undefined ? {} : { written: writtenIn(city, key) }),
  };
}

/** The rules on a key, or on all of a map that has it. */
function rulesOf(steps: readonly string[]): { id: string; holds: string }[] {
  const above = steps.map((_, index) => steps.slice(0, index + 1).join("."));
  const all = [...cityRules, ...crossCityRules].filter((rule) => ruleKeys(rule).some((key) => above.includes(key)));
  return all.map(({ id, explanation }) => ({ id, holds: explanation }));
}

/** The keys of a map, or those of each item of a list or a map of names. */
export function keysOf(shape: Shape): KeySummary[] {
  const own = keysIn(shape);
  const item = itemOf(shape);
  const keys = own.size > 0 || item === undefined ? own : keysIn(item);
  return [...keys].map(([name, key]) => summaryOf(name, key));
}

function summaryOf(name: string, { shape, needed, where }: SchemaKey): KeySummary {
  return {
    ...{ key: name, type: typeOf(shape), needed, where },
    ...(shape.default === undefined ? {} : { default: shape.default }),
    ...(shape.description === undefined ? {} : { meaning: shape.description }),
  };
}

/** What it is, without its keys, which are listed apart. */
function typeOf(shape: Shape): string {
  if (isNamed(shape)) return "a map of names";
  if (keysIn(shape).size > 0) return "a map";
  const item = itemOf(shape);
  if (item === undefined) return inWords(shape);
  const least = shape.minItems === undefined ? "" : ` of at least ${String(shape.minItems)}`;
  return `a list${least}: each ${typeOf(item)}`;
}

function isNumber({ type }: Shape): boolean {
  return type === "integer" || type === "number";
}

/** What the schema says of a text that does not have its form: it knows the form in words, JSON Schema only as a pattern. */
function formOf({ steps, shape }: FoundKey): string | undefined {
  if (shape.type !== "string" || shape.enum !== undefined || shape.const !== undefined) return undefined;
  const schema = schemaAt(NO_FILE, steps);
  const result = schema && z.safeParse(schema, "\n");
  const forms = result?.error?.issues.filter(({ code }) => code === "invalid_format" || code === "custom") ?? [];
  return forms.length === 0 ? undefined : [...new Set(forms.map(({ message }) => message))].join("; ");
}
