import { z } from "zod";
import { citySchema } from "../model/city";
import type { Path } from "../path";

/** What the schema itself holds a value of a city's file to, refinements included; undefined where it knows no such path. */
function schemaAt(path: Path): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((schema, step) => schema && childOf(schema, step), citySchema);
}

/** Whether the schema would let a value pass at a path, by itself. */
export function accepts(path: Path, value: unknown): boolean {
  const schema = schemaAt(path);
  return schema !== undefined && z.safeParse(schema, value).success;
}

function childOf(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) return (bare.shape as Record<string, z.core.$ZodType | undefined>)[step];
  if (bare instanceof z.ZodArray) return bare.element;
  if (bare instanceof z.ZodTuple) return bare.def.items[Number(step)];
  if (bare instanceof z.ZodRecord) return bare.valueType;
  if (!(bare instanceof z.ZodUnion)) return undefined;
  const children = bare.options.flatMap((option) => childOf(option, step) ?? []);
  return children.length === 0 ? undefined : z.union(children);
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapped ? unwrapped(schema.unwrap()) : schema;
}
