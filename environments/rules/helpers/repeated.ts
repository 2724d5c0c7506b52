import { quoted } from "../../display";
import type { Path } from "../../path";
import type { Finding } from "../rule";

/** A name and the way to it. */
export interface Named {
  /** The way to the name. */
  readonly path: Path;
  /** The name; a number counts as its digits. */
  readonly name: string | number;
}

/**
 * A finding for every name that was there before in the list. Letters of both cases count as one, since vCenter's inventory and the
 * directory take them so.
 */
export function* repeated(names: Iterable<Named>, noun: string): Iterable<Finding> {
  const seen = new Map<string | number, string | number>();
  for (const { path, name } of names) {
    const other = seen.get(folded(name));
    const as = other === undefined || other === name ? "" : `, as ${show(other)}`;
    if (other !== undefined) yield { path, message: `the ${noun} ${show(name)} is there already${as}` };
    seen.set(folded(name), name);
  }
}

/** What is equal of names that vCenter takes for one. */
export function folded<Name extends string | number>(name: Name): Name | string {
  return typeof name === "string" ? name.normalize("NFC").toLowerCase() : name;
}

function show(name: string | number): string {
  return typeof name === "number" ? String(name) : quoted(name);
}
