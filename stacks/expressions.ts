import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "../constructs/validation-error";
import { escaped } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";

/** What begins an expression of Terraform. */
const OPENINGS = ["${", "%{"];
const NUMBER_WITH_EXPONENT = /[-+.\d]+e[-+.\d]+/gi;
/** Values that cdktf uses as placeholders for maps. */
const MAP_TOKENS: readonly string[] = [Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE];

/**
 * Refuses cities with a text or a key that Terraform or cdktf would evaluate as an expression, such as
 * `${file("/proc/self/environ")}`, which Terraform evaluates when it plans. The schema refuses them field by field; this
 * function checks every value of a city before it goes into stacks, in case a field of the schema lacks the check.
 * @throws ValidationError with the path of each such value
 */
export function refuseExpressions(scope: IConstruct, cities: readonly DeployedCity[]): void {
  const failures = cities.flatMap((city) => found(city, escaped(city.city.id)));
  ValidationError.throwIfAny(failures, scope);
}

function found(value: unknown, path: string): string[] {
  if (typeof value === "string") return isExpression(value) ? [`${path} holds an expression, which no text may`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const place = `${path}.${escaped(key)}`;
    return [
      ...(isExpression(key) ? [`the key ${place} is an expression, which no name may be`] : []),
      ...found(child, place),
    ];
  });
}

function isExpression(text: string): boolean {
  return text.startsWith("{") || OPENINGS.some((opening) => text.includes(opening)) || isToken(text);
}

/** cdktf replaces text or numbers that look like one of its tokens by that token's value, or fails. */
function isToken(text: string): boolean {
  const numbers = (text.match(NUMBER_WITH_EXPONENT) ?? []).map(Number.parseFloat);
  return (
    text.includes("{TfToken[") || MAP_TOKENS.includes(text) || numbers.some((number) => Token.isUnresolved(number))
  );
}
