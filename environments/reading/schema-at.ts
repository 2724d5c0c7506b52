import { z } from "zod";
import { citySchema } from "../model/city";
import type { Path } from "../path";
import { childOf as childNode } from "./yaml-tree";
import type { YamlNode } from "./yaml-tree";

type Schema = z.core.$ZodType;

/**
 * The schema of the value at a path of a file, refinements included; in a map with variants, that of the file's own
 * variant.
 * @returns undefined for an unknown path
 */
export function schemaAt(root: YamlNode, path: Path): Schema | undefined {
  let schema: Schema | undefined = citySchema;
  let node: YamlNode | undefined = root;
  for (const step of path) {
    schema = schema && childOf(variantOf(schema, node), step);
    node = childNode(node, step);
  }
  return schema && variantOf(schema, node);
}

/** Whether the schema would accept a value at a path of a file, by itself. */
export function accepts(root: YamlNode, path: Path, value: unknown): boolean {
  const schema = schemaAt(root, path);
  return schema !== undefined && z.safeParse(schema, value).success;
}

function childOf(schema: Schema, step: string | number): Schema | undefined {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) return fieldOf(bare, step);
  if (bare instanceof z.ZodArray) return bare.element;
  if (bare instanceof z.ZodTuple) return bare.def.items[Number(step)];
  if (bare instanceof z.ZodRecord) return bare.valueType;
  if (!(bare instanceof z.ZodUnion)) return undefined;
  const children = bare.options.flatMap((option) => childOf(option, step) ?? []);
  return children.length > 1 ? z.union(children) : children[0];
}

/** For a map with variants, the variant that its fixed key chooses; otherwise the schema itself. */
function variantOf(schema: Schema, node: YamlNode | undefined): Schema {
  const bare = unwrapped(schema);
  if (!(bare instanceof z.ZodDiscriminatedUnion)) return schema;
  const key = bare.def.discriminator;
  const kind = childNode(node, key);
  const isKind = (option: Schema): boolean => {
    const field = option instanceof z.ZodObject ? fieldOf(option, key) : undefined;
    return kind?.kind === "scalar" && field !== undefined && z.safeParse(field, kind.value).success;
  };
  return bare.options.find(isKind) ?? schema;
}

function fieldOf({ shape }: z.ZodObject, key: string | number): Schema | undefined {
  return Object.hasOwn(shape, key) ? (shape as Record<string, Schema>)[key] : undefined;
}

function unwrapped(schema: Schema): Schema {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapped ? unwrapped(schema.unwrap()) : schema;
}
