import { lowerCase } from "./go-text";
import type { ParameterValue, ParameterValues } from "../policy";

const ANY = "*";

/** What rules of one path say of parameters' values, merged: where one gives no values, any value counts. */
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

  /** Whether no rule says anything. */
  public get empty(): boolean {
    return this.lists.size === 0;
  }

  /** The first rule that speaks of any parameter. */
  public get first(): T | undefined {
    return this.lists.values().next().value?.source;
  }

  /** The first rule that speaks of parameters of any name. */
  public get all(): T | undefined {
    return this.lists.get(ANY)?.source;
  }

  /** The rule that first speaks of a parameter. */
  public sourceOf(name: string): T | undefined {
    return this.lists.get(lowerCase(name))?.source;
  }

  /** Whether the values of a parameter have this one; undefined where there are no values of that name. */
  public has(name: string, value: unknown): boolean | undefined {
    const list = this.lists.get(lowerCase(name));
    return list === undefined ? undefined : list.any || list.values.some((one) => meets(one, value));
  }
}

/**
 * Whether a value of a request is the one of a rule. OpenBao keeps a request's numbers as text of a type of its own, so
 * that they equal neither a number nor a text.
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
