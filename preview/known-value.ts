import { createHash } from "node:crypto";

/**
 * What of a value is not known before the apply, as `after_unknown` of a plan has it: true where all of it is not; of an object or
 * a list the members of which something is not; undefined where everything is known.
 */
export type Unknown = true | { readonly [member: string]: Unknown } | undefined;

/**
 * What of a value is not known. A list of which a whole element is not known counts as unknown altogether: as a set it may have
 * another order, once it is known.
 * @param mark a value's part of `after_unknown`
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

/** Whether nothing is unknown in `inner` that is known in `outer`. */
export function isWithin(inner: Unknown, outer: Unknown): boolean {
  if (inner === undefined || outer === true) return true;
  if (inner === true || outer === undefined) return false;
  return Object.entries(inner).every(([name, unknown]) => isWithin(unknown, outer[name]));
}

/** SHA-256 of the known part of a value, as hexadecimal digits: the order of an object's members does not count. */
export function digestOf(value: unknown, unknown: Unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(known(value, unknown)))
    .digest("hex");
}

/** Members sorted, and without what is null: Terraform does not tell it from what is not said. */
function known(value: unknown, unknown: Unknown): unknown {
  if (unknown === true || value === null || value === undefined) return null;
  const inner = (name: string): Unknown => unknown?.[name];
  if (Array.isArray(value)) return value.map((element, index) => known(element, inner(String(index))));
  if (typeof value !== "object") return value;
  const members = Object.entries(value).map(([name, member]) => [name, known(member, inner(name))] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A value that was read, for comparisons: providers made with Terraform's older SDK read nothing as null once and as empty another
 * time (hashicorp/terraform-plugin-sdk 772).
 */
export function withoutEmpty(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
