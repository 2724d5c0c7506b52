import { quoted } from "../../display";
import type { Finding } from "../rule";
import type { Named } from "./select";

/** A finding for every repeated name in a list. Case is ignored, as in vCenter's inventory and the directory. */
export function* repeated(names: Iterable<Named>, noun: string): Iterable<Finding> {
  const seen = new Map<string | number, string | number>();
  for (const { path, name } of names) {
    const other = seen.get(folded(name));
    const as = other === undefined || other === name ? "" : `, as ${show(other)}`;
    if (other !== undefined) yield { path, message: `the ${noun} ${show(name)} is there already${as}` };
    seen.set(folded(name), name);
  }
}

/** A key that is equal for names that vCenter treats as equal. */
export function folded<Name extends string | number>(name: Name): Name | string {
  return typeof name === "string" ? name.normalize("NFC").toLowerCase() : name;
}

function show(name: string | number): string {
  return typeof name === "number" ? String(name) : quoted(name);
}
