import type { City } from "../../model/city";
import type { Path } from "../../path";

/** Keys, and `*` for every item of a list or a map, joined by dots; the compiler refuses an impossible path. */
type SelectorOf<T> = T extends readonly (infer Item)[]
  ? "*" | `*.${SelectorOf<NonNullable<Item>>}`
  : T extends object
    ? { [Key in keyof T & string]: Key | `${Key}.${SelectorOf<NonNullable<T[Key]>>}` }[keyof T & string]
    : never;

/** Values of a city at similar paths: `pools.*.adopt.*.seat` is each seat that adopts a machine. */
export type Selector = SelectorOf<City>;

/** A value of a city. */
export interface Selected {
  /** Its path from the root. */
  readonly path: Path;
  /** The value. */
  readonly value: unknown;
}

/** A name and its path. */
export interface Named {
  /** Path of the name. */
  readonly path: Path;
  /** The name; a number is compared by its digits. */
  readonly name: string | number;
}

/** Every value that a selector matches, in the order of the file; none where a part of the path is left out. */
export function select(city: City, selector: Selector): Selected[] {
  let found: Selected[] = [{ path: [], value: city }];
  for (const step of selector.split(".")) {
    found = found.flatMap(({ path, value }) => (step === "*" ? items(path, value) : item(path, value, step)));
  }
  return found;
}

/** The names that a selector matches. */
export function named(city: City, selector: Selector): Named[] {
  return select(city, selector).map(({ path, value }) => ({
    path,
    name: typeof value === "number" ? value : String(value),
  }));
}

function items(path: Path, value: unknown): Selected[] {
  if (Array.isArray(value)) return value.map((one: unknown, index) => ({ path: [...path, index], value: one }));
  return Object.entries(Object(value) as object).map(([key, one]) => ({ path: [...path, key], value: one as unknown }));
}

/** Only own keys count: every object has a `constructor`. */
function item(path: Path, value: unknown, key: string): Selected[] {
  const own = Object(value) as Readonly<Record<string, unknown>>;
  return Object.hasOwn(own, key) && own[key] !== undefined ? [{ path: [...path, key], value: own[key] }] : [];
}
