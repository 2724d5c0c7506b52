import { listed, nearest, quoted } from "../../environments/display";
import type { DeclaredCity } from "../../environments/model/city";
import { InputError } from "../../runtime/errors";
import type { Addition, Field, Given } from "./field";

/** Asks a person for a value; undefined where nobody can be asked. */
export type Ask = (question: string) => Promise<string>;

/**
 * What was given, with what was asked for and what is usual in place of what is missing.
 * @param ask asks for what is missing, once each. @default - nobody is asked
 * @throws InputError with everything that is missing or that the file does not have, each with what is allowed
 */
export async function completed(addition: Addition, given: Given, city: DeclaredCity, ask?: Ask): Promise<Given> {
  const complete: Record<string, string | undefined> = { ...given };
  for (const field of addition.fields.filter(({ option, needed }) => needed && given[option] === undefined)) {
    const usual = field.usual?.(city, complete);
    const answer = ask === undefined ? "" : (await ask(question(field, city, complete, usual))).trim();
    complete[field.option] = answer === "" ? usual : answer;
  }
  const wrong = addition.fields.flatMap((field) => findings(field, city, complete));
  if (wrong.length > 0) throw new InputError(wrong.join("\n"));
  return complete;
}

function question({ option, meaning, choices }: Field, city: DeclaredCity, given: Given, usual?: string): string {
  const among = choices === undefined ? "" : `, one of ${choices(city, given).join(", ")}`;
  return `${option}: ${meaning}${among}${usual === undefined ? "" : ` [${usual}]`}: `;
}

function findings({ option, meaning, needed, choices, declare }: Field, city: DeclaredCity, given: Given): string[] {
  const value = given[option];
  const known = choices?.(city, given);
  const allowed = known === undefined || known.length === 0 ? "" : `; allowed: ${listed(known)}`;
  if (value === undefined) {
    return needed ? [`--${option} is missing: ${meaning}${allowed}; repair: add --${option} VALUE`] : [];
  }
  if (known === undefined || known.includes(value)) return [];
  const meant = nearest(value, known);
  const choose = meant === undefined ? "choose one of them" : `write ${quoted(meant)}`;
  const repair = declare === undefined ? choose : `${choose}, or declare it first in ${declare}`;
  return [`--${option}: ${quoted(value)} is not among what is there for it: ${meaning}${allowed}; repair: ${repair}`];
}
