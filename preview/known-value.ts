import { createHash } from "node:crypto";

/**
 * The part of a value that is unknown before the apply, as in a plan's `after_unknown`: true for all of it; for an
 * object or a list the members with something unknown; undefined where everything is known.
 */
export type Unknown = true | { readonly [member: string]: Unknown } | undefined;

/**
 * The unknown part of a value. A list with a wholly unknown element counts as unknown: it may be a set, whose order
 * depends on it.
 * @param mark the value's part of `after_unknown`
 */
export function unknownIn(mark: unknown): Unknown {
  if (mark === true) return true;
  if (typeof mark !== "object" || mark === null) return undefined;
  const members = Object.entries(mark).flatMap(([name, member]): [string, Unknown][] => {
    const unknown = unknownIn(member);
    return unknown === undefined ? [] : [[name, unknown]];
  });
  if (Array.isArray(mark) && members.some(([, unknown]) => unknown === true)) return true;
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Whether everything that is unknown in `inner` is also unknown in `outer`. */
export function isWithin(inner: Unknown, outer: Unknown): boolean {
  if (inner === undefined || outer === true) return true;
  if (inner === true || outer === undefined) return false;
  return Object.entries(inner).every(([name, unknown]) => isWithin(unknown, outer[name]));
}

/** SHA-256 of the known part of a value, in hexadecimal; the order of an object's members has no effect. */
export function digestOf(value: unknown, unknown: Unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(known(value, unknown)))
    .digest("hex");
}

/** Members sorted, without null ones: Terraform treats null as not set. */
function known(value: unknown, unknown: Unknown): unknown {
  if (unknown === true || value === null || value === undefined) return null;
  const inner = (name: string): Unknown => unknown?.[name];
  if (Array.isArray(value)) return value.map((element, index) => known(element, inner(String(index))));
  if (typeof value !== "object") return value;
  const members = Object.entries(value).map(([name, member]) => [name, known(member, inner(name))] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A value that was read, for comparisons: providers with Terraform's older SDK read an empty value sometimes as null
 * and sometimes as empty (hashicorp/terraform-plugin-sdk 772).
 */
export function withoutEmpty(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
