import type { IConstruct } from "constructs";
import { ValidationError } from "./validation-error";

/**
 * The value under a key.
 * @throws ValidationError that lists the keys
 */
export function entry<T>(map: ReadonlyMap<string, T>, name: string, scope: IConstruct): T {
  const value = map.get(name);
  if (value === undefined) {
    throw new ValidationError([`there is no ${JSON.stringify(name)}, only ${[...map.keys()].join(", ")}`], scope);
  }
  return value;
}
