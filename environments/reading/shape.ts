import { z } from "zod";
import { listed } from "../display";
import type { Path } from "../path";
import { schemaAt } from "./schema-at";
import type { YamlNode } from "./yaml-tree";

/** The schema of one value, as JSON Schema. */
export type Shape = z.core.JSONSchema.BaseSchema;

const SHAPES = new WeakMap<z.core.$ZodType, Shape>();

/**
 * A schema as JSON Schema (draft 7), where keys with defaults are optional. Cached: a whole city's file takes a while.
 */
export function shapeOf(schema: z.core.$ZodType): Shape {
  const shape = SHAPES.get(schema) ?? z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  SHAPES.set(schema, shape);
  return shape;
}

/** The schema at a path of a file; undefined for an unknown path. */
export function shapeAt(root: YamlNode, path: Path): Shape | undefined {
  const schema = schemaAt(root, path);
  return schema && shapeOf(schema);
}

/** The keys that a map may have; empty where any key is allowed. */
export function keysOf(shape: Shape | undefined): string[] {
  return Object.keys(shape?.properties ?? {});
}

/** The only allowed values; empty where the schema does not list them. */
export function choicesOf(shape: Shape | undefined): string[] {
  const choices = shape?.const === undefined ? (shape?.enum ?? []) : [shape.const];
  return choices.map(String);
}

/** The values of the key that distinguishes a map's variants. */
export function discriminators(shape: Shape | undefined, key: string): string[] {
  return (shape?.oneOf ?? []).flatMap((option) => choicesOf(asShape(asShape(option)?.properties?.[key])));
}

/** What is allowed, in words: `a whole number from 1 to 9999`. */
export function inWords(shape: Shape | undefined): string {
  const choices = choicesOf(shape);
  if (choices.length > 0) return listed(choices);
  switch (shape?.type) {
    case "integer":
      return `a whole number${range(shape)}`;
    case "number":
      return `a number${range(shape)}${shape.multipleOf === 0.01 ? ", with at most two decimals" : ""}`;
    case "boolean":
      return "true or false";
    case "array":
      return `a list${length(shape)}`;
    case "object":
      return keysOf(shape).length === 0 ? "a map of names" : `a map of ${keysOf(shape).join(", ")}`;
    case "string":
      return text(shape);
    default:
      return shape?.anyOf === undefined
        ? "a map"
        : shape.anyOf.map((option) => optionInWords(asShape(option))).join(" or ");
  }
}

/** Among several allowed kinds, text has a form that its description explains. */
function optionInWords(shape: Shape | undefined): string {
  return shape?.type === "string" && shape.description !== undefined ? shape.description : inWords(shape);
}

function text({ minLength = 0, maxLength }: Shape): string {
  if (maxLength === undefined) return "text";
  return `text of ${minLength > 0 ? `${String(minLength)} to` : "at most"} ${String(maxLength)} characters`;
}

function length({ items, minItems, maxItems }: Shape): string {
  if (Array.isArray(items)) return ` of ${String(items.length)}`;
  if (maxItems === undefined) return minItems === undefined ? "" : ` of at least ${String(minItems)}`;
  return minItems === undefined ? ` of at most ${String(maxItems)}` : ` of ${String(minItems)} to ${String(maxItems)}`;
}

function range({ minimum, maximum }: Shape): string {
  const bounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum === undefined) return bounded ? ` of at most ${String(maximum)}` : "";
  return bounded ? ` from ${String(minimum)} to ${String(maximum)}` : ` of at least ${String(minimum)}`;
}

/** The description of the schema, in brackets after a blank; empty without one. */
export function purpose(shape: Shape | undefined): string {
  return shape?.description === undefined ? "" : ` (${shape.description.replace(/\.$/, "")})`;
}

/** The alternatives of a schema; one where there is no choice. */
export function optionsOf(shape: Shape | undefined): Shape[] {
  return (shape?.anyOf ?? [shape]).map(asShape).filter((option) => option !== undefined);
}

/** The schema, where it says something: `true` and `false` are schemas too. */
export function asShape(schema: z.core.JSONSchema._JSONSchema | undefined): Shape | undefined {
  return typeof schema === "object" ? schema : undefined;
}
