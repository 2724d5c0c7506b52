import { nearest, quoted } from "../../environments/display";
import { shapeOf } from "../../environments/reading/shape";
import { citySchema } from "../../environments/model/city";
import { InputError } from "../../runtime/errors";
import { allKeys, isNamed, itemOf, keysIn } from "./schema-keys";
import type { SchemaKey } from "./schema-keys";
import { keyName } from "./key-name";
import { typedSteps } from "./typed-path";
import type { TypedStep } from "./typed-path";

const MOST_NEAR = 5;

/** A key of the file that a path names. */
export interface FoundKey extends SchemaKey {
  /** Its steps in the schema: `*` for an item of a list or map. */
  readonly steps: readonly string[];
  /** The same as typed: which item is meant, where the path says it. */
  readonly typed: readonly TypedStep[];
}

/**
 * The key of a city's file that a path names. Between a list and a key of its items `[]` may be left out, and an item may stand
 * by its name alone: `pools.seats`, `pools.anagrafe.seats`.
 * @param isItem whether some list has an item of that name, for names that stand alone
 * @throws InputError where there is none, with the nearest ones
 */
export function findKey(path: string, isItem: (list: readonly string[], name: string) => boolean): FoundKey {
  const root = { shape: shapeOf(citySchema), needed: true, where: [], steps: [], typed: [] };
  return typedSteps(path).reduce<FoundKey>((found, step) => follow(found, step, isItem), root);
}

function follow(
  found: FoundKey,
  step: TypedStep,
  isItem: (list: readonly string[], name: string) => boolean,
): FoundKey {
  if (step.kind !== "key") return itemIn(found, step);
  const { shape, steps } = found;
  const own = keysIn(shape).get(step.name);
  if (own !== undefined) return below(found, step.name, own, step);
  const item = itemOf(shape);
  if (item === undefined) throw unknownKey(found, step.name);
  const inItem = keysIn(item).get(step.name);
  if (inItem !== undefined) return below(itemIn(found, { kind: "any" }), step.name, inItem, step);
  const isName = isNamed(shape) && nearest(step.name, keysIn(item).keys()) === undefined;
  if (isName || isItem(steps, step.name)) return itemIn(found, step);
  throw unknownKey(itemIn(found, { kind: "any" }), step.name);
}

function below(found: FoundKey, name: string, key: SchemaKey, step: TypedStep): FoundKey {
  return { ...key, steps: [...found.steps, name], typed: [...found.typed, step] };
}

function itemIn(found: FoundKey, step: TypedStep): FoundKey {
  const shape = itemOf(found.shape);
  if (shape === undefined) {
    const name = keyName(found.steps);
    throw new InputError(`${name} is no list and has no items; repair: write ${name} without brackets`);
  }
  return { shape, needed: true, where: [], steps: [...found.steps, "*"], typed: [...found.typed, step] };
}

function unknownKey({ shape, steps }: FoundKey, name: string): InputError {
  const keys = [...keysIn(shape).keys()];
  const where = steps.length === 0 ? "a city's file" : keyName(steps);
  const meant = keys.filter((key) => key === nearest(name, keys) || key.startsWith(name));
  const near = [...meant.map((key) => [...steps, key]), ...elsewhere(name, meant.length === 0)].slice(0, MOST_NEAR);
  const repair = near.length > 0 ? `; repair: write ${near.map(keyName).join(" or ")}` : "";
  const allowed = keys.length > 0 ? keys.join(", ") : "none, as it has a single value";
  return new InputError(`${where} has no key ${quoted(name)}; allowed: ${allowed}${repair}`);
}

/** Keys of that name in other places, and where it is asked for those of the most similar one; the shortest first. */
function elsewhere(name: string, orSimilar: boolean): (readonly string[])[] {
  const all = [...allKeys(shapeOf(citySchema))].sort((one, other) => one.length - other.length);
  const names = new Set(all.map((steps) => steps.at(-1) ?? ""));
  names.delete(name);
  const similar = orSimilar ? nearest(name, names) : undefined;
  return [name, similar].flatMap((one) => all.filter((steps) => steps.at(-1) === one));
}
