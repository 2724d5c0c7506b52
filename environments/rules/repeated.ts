import { quoted } from "../display";
import type { Path } from "../path";
import type { Finding } from "./rule";

/** A name and the way to it. */
export interface Named {
  /** The way to the name. */
  readonly path: Path;
  /** The name; a number counts as its digits. */
  readonly name: string | number;
}

/** A finding for every name that was there before in the list. */
export function* repeated(names: Iterable<Named>, noun: string): Iterable<Finding> {
  const seen = new Set<string | number>();
  for (const { path, name } of names) {
    if (seen.has(name)) yield { path, message: `the ${noun} ${show(name)} is there already` };
    seen.add(name);
  }
}

function show(name: string | number): string {
  return typeof name === "number" ? String(name) : quoted(name);
}
