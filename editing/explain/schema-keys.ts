import { asShape, choicesOf } from "../../environments/reading/shape";
import type { Shape } from "../../environments/reading/shape";

/** A key that a map may have. */
export interface SchemaKey {
  /** What its value may be; with variants of the map, all of them as `anyOf`. */
  readonly shape: Shape;
  /** Whether the map must have it. */
  readonly needed: boolean;
  /** Where only some variants of the map have it: what chooses these, such as `backend: pg`. Otherwise empty. */
  readonly where: readonly string[];
}

/** The keys of a map by name, over all its variants; empty for what is no map of fixed keys. */
export function keysIn(shape: Shape): Map<string, SchemaKey> {
  const variants = variantsOf(shape);
  const names = new Set(variants.flatMap(({ properties }) => Object.keys(properties ?? {})));
  return new Map([...names].map((name) => [name, keyIn(variants, name)]));
}

function keyIn(variants: readonly Shape[], name: string): SchemaKey {
  const having = variants.filter(({ properties }) => properties?.[name] !== undefined);
  const shapes = having.map(({ properties }) => asShape(properties?.[name])).filter((shape) => shape !== undefined);
  const [first = {}] = shapes;
  return {
    shape: shapes.length > 1 ? oneOfSeveral(first, shapes) : first,
    needed: having.every(({ required = [] }) => required.includes(name)),
    where: having.length < variants.length ? having.flatMap(chosenBy) : [],
  };
}

function oneOfSeveral(first: Shape, shapes: readonly Shape[]): Shape {
  const choices = shapes.flatMap(choicesOf);
  if (choices.length === shapes.length) return { ...omitted(first, "const"), enum: choices };
  // Where each variant describes it alike, it is the same key.
  if (shapes.every(({ description }) => description === first.description)) return first;
  return { anyOf: [...shapes] };
}

function omitted(shape: Shape, key: string): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => name !== key));
}

/** What chooses a variant of a map: its keys of a single value. */
function chosenBy({ properties = {} }: Shape): string[] {
  return Object.entries(properties).flatMap(([key, shape]) => {
    const only = asShape(shape)?.const;
    return only === undefined ? [] : [`${key}: ${String(only)}`];
  });
}

/** What each item of a list, or each value of a map of names, may be; undefined for anything else. */
export function itemOf(shape: Shape): Shape | undefined {
  const { items, additionalProperties } = shape;
  return asShape(Array.isArray(items) ? items[0] : items) ?? asShape(additionalProperties);
}

/** Whether it is a map of names, such as `images`, and not a list. */
export function isNamed(shape: Shape): boolean {
  return asShape(shape.additionalProperties) !== undefined;
}

function variantsOf(shape: Shape): Shape[] {
  const options = (shape.oneOf ?? shape.anyOf ?? []).map(asShape).filter((option) => option !== undefined);
  return options.length > 0 ? options : [shape];
}

/** Every key below a shape, with its steps: `*` stands for an item. */
export function* allKeys(shape: Shape, above: readonly string[] = []): Iterable<readonly string[]> {
  for (const [name, key] of keysIn(shape)) {
    yield [...above, name];
    yield* allKeys(key.shape, [...above, name]);
  }
  const item = itemOf(shape);
  if (item !== undefined) yield* allKeys(item, [...above, "*"]);
}
