import { InputError } from "../../runtime/errors";

/** A step of a typed path: a key, or an item of a list or map: any, by its index, or by a key's value. */
export type TypedStep =
  | { readonly kind: "key"; readonly name: string }
  | { readonly kind: "any" }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "named"; readonly key: string; readonly value: string };

/** One step: `[]`, `[*]`, `.*`, `[3]`, `[name=anagrafe]`, `["2026.10"]`, `.seats`. */
const STEP =
  /\[(?<any>\*?)\]|\[(?<index>\d{1,6})\]|\[(?<key>\w+)=(?<value>[^\]]*)\]|\["(?<quoted>[^"]*)"\]|(?:^|\.)(?<name>[^.[\]"]+)/y;

/**
 * The steps of a path as people type it and as violations show it: `pools[].seats`, `pools[name=anagrafe].seats`,
 * `images.linux-light.versions["2026.10"].template`.
 * @throws InputError where it is no path, with how one is written
 */
export function typedSteps(path: string): TypedStep[] {
  const steps: TypedStep[] = [];
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const groups = STEP.exec(path)?.groups;
    if (groups === undefined) throw notAPath(path, at);
    steps.push(stepOf(groups));
  }
  return steps;
}

function stepOf({ any, index, key, value = "", quoted, name = "" }: Partial<Record<string, string>>): TypedStep {
  if (any !== undefined || name === "*") return { kind: "any" };
  if (index !== undefined) return { kind: "index", index: Number(index) };
  if (key !== undefined) return { kind: "named", key, value };
  return { kind: "key", name: quoted ?? name };
}

function notAPath(path: string, at: number): InputError {
  const rest = JSON.stringify(path.slice(at));
  return new InputError(
    `${JSON.stringify(path)} is no path of a key from ${rest} on; allowed: keys with dots between them, [] or [name=...] for ` +
      `items of a list, ["..."] for a name with dots; such as pools[].seats or pools[name=anagrafe].seats`,
  );
}
