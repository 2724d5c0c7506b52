import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "../constructs/validation-error";
import { escaped } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";

/** What opens an expression for Terraform, and what would with the end of another text before it. */
const OPENINGS = ["${", "%{"];
const NUMBER_WITH_EXPONENT = /[-+.\d]+e[-+.\d]+/gi;
/** What cdktf takes for a map that it has yet to resolve. */
const MAP_TOKENS: readonly string[] = [Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE];

/**
 * Refuses cities with a text or a key that Terraform or cdktf would take for an expression. The schema refuses them too,
 * field by field; here is the one door through which everything of a file goes into stacks, so that a field which forgets
 * it opens nothing: Terraform evaluates `${file("/proc/self/environ")}` when it plans.
 * @throws ValidationError that names each place
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

/** cdktf replaces what looks like one of its tokens, a number among them, by the value of that token, or fails on it. */
function isToken(text: string): boolean {
  const numbers = (text.match(NUMBER_WITH_EXPONENT) ?? []).map(Number.parseFloat);
  return (
    text.includes("{TfToken[") || MAP_TOKENS.includes(text) || numbers.some((number) => Token.isUnresolved(number))
  );
}
