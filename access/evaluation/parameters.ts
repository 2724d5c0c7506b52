import { lowerCase } from "./go-text";
import type { ParameterValue, ParameterValues } from "../policy";

const ANY = "*";

/** The allowed or denied parameter values of one pattern's rules, merged: an empty list means any value. */
export class ParameterLists<T> {
  private readonly lists = new Map<string, { readonly values: ParameterValue[]; any: boolean; readonly source: T }>();

  /** Merges another rule's values. */
  public add(given: ParameterValues | undefined, source: T): void {
    for (const [name, values] of Object.entries(given ?? {})) {
      const key = lowerCase(name);
      const list = this.lists.get(key) ?? { values: [], any: false, source };
      list.values.push(...values);
      list.any ||= values.length === 0;
      this.lists.set(key, list);
    }
  }

  /** Whether no rule restricts parameters. */
  public get empty(): boolean {
    return this.lists.size === 0;
  }

  /** The first rule that names a parameter. */
  public get first(): T | undefined {
    return this.lists.values().next().value?.source;
  }

  /** The first rule that names `*`. */
  public get all(): T | undefined {
    return this.lists.get(ANY)?.source;
  }

  /** The first rule that names this parameter. */
  public sourceOf(name: string): T | undefined {
    return this.lists.get(lowerCase(name))?.source;
  }

  /** Whether a parameter's list has this value; undefined where there is no list of that name. */
  public has(name: string, value: unknown): boolean | undefined {
    const list = this.lists.get(lowerCase(name));
    return list === undefined ? undefined : list.any || list.values.some((one) => meets(one, value));
  }
}

/**
 * Whether a request's value equals a rule's. OpenBao keeps a request's numbers in a text type of its own, which equals
 * neither a number nor a text.
 */
function meets(wanted: ParameterValue, value: unknown): boolean {
  if (typeof wanted === "string") return typeof value === "string" && meetsText(wanted, value);
  return typeof wanted === "boolean" && wanted === value;
}

function meetsText(wanted: string, value: string): boolean {
  if (wanted.length < 2) return wanted === value;
  const [before, behind] = [wanted.startsWith("*"), wanted.endsWith("*")];
  if (before && behind) return value.includes(wanted.slice(1, -1));
  if (before) return value.endsWith(wanted.slice(1));
  return behind ? value.startsWith(wanted.slice(0, -1)) : wanted === value;
}
