/** What JSON's objects become in PowerShell. */
export class PsObject {
  public constructor(public readonly properties: Readonly<Record<string, unknown>>) {}
}

/** Ends the script. */
export class Exit extends Error {
  public constructor(public readonly code: number) {
    super("exit");
  }
}

/** An exception of .NET's, by the names that the script knows it by. */
export class Thrown extends Error {
  public constructor(
    public readonly type: string,
    message: string,
    public readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** A moment, as both of .NET's types for one. */
export class Instant {
  public constructor(public readonly milliseconds: number) {}

  public AddSeconds(seconds: number): Instant {
    return new Instant(this.milliseconds + seconds * 1000);
  }

  public ToUnixTimeSeconds(): number {
    return Math.floor(this.milliseconds / 1000);
  }

  public valueOf(): number {
    return this.milliseconds;
  }
}

/** A value of JSON as ConvertFrom-Json gives it. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value;
  return new PsObject(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromJson(each)])));
}

/** Whether a condition holds. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A value as a text holds it; nothing of what is null. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(" ");
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : value === null || value === undefined ? "" : "@{}";
}

/** A member by its name in any case; strict mode allows none that is not there. */
export function memberOf(value: unknown, name: string): unknown {
  if (value !== null && value !== undefined && name.toLowerCase() === "psobject")
    return { Properties: value instanceof PsObject ? value.properties : {} };
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) {
    if (["length", "count"].includes(name.toLowerCase())) return value.length;
  } else if (value instanceof PsObject) {
    const key = keyOf(value.properties, name);
    if (key !== undefined) return value.properties[key];
  } else if (typeof value === "object" && value !== null) {
    const key = keyOf(value, name);
    if (key !== undefined) return (value as Record<string, unknown>)[key];
  }
  throw new Thrown("PropertyNotFoundException", `The property '${name}' cannot be found on this object.`);
}

/** The name of a member as it is written; its object's own, or a method's. */
export function keyOf(value: object, name: string): string | undefined {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(value) ?? {});
  return [...Object.keys(value), ...methods].find((key) => key.toLowerCase() === name.toLowerCase());
}

const ANCHORS: readonly (readonly [RegExp, string])[] = [
  [/\\A/g, "^"],
  [/\\z/g, "$"],
];

type Comparison = (left: unknown, right: unknown) => unknown;

const sameCase = (left: unknown): unknown => (typeof left === "string" ? left.toLowerCase() : left);
const pattern = (text: unknown, flags: string): RegExp =>
  new RegExp(
    ANCHORS.reduce((source, [anchor, own]) => source.replace(anchor, own), asText(text)),
    flags,
  );
const equal: Comparison = (left, right) =>
  left === right ||
  (typeof left === "string" && typeof right !== "object" && left.toLowerCase() === asText(right).toLowerCase());
const isOf: Comparison = (left, type) => (type === "array" ? Array.isArray(left) : typeof left === type);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

/** PowerShell's comparisons that the script uses; any other is an error of the test's. */
export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "-eq": equal,
  "-ne": (left, right) => !equal(left, right),
  "-ceq": (left, right) => left === right,
  "-cne": (left, right) => left !== right,
  "-gt": (left, right) => Number(left) > Number(right),
  "-le": (left, right) => Number(left) <= Number(right),
  "-ge": (left, right) => Number(left) >= Number(right),
  "-lt": (left, right) => Number(left) < Number(right),
  "-in": (left, right) => list(right).some((each) => equal(left, each)),
  "-notin": (left, right) => !list(right).some((each) => equal(left, each)),
  "-is": isOf,
  "-isnot": (left, right) => !isOf(left, right),
  "-match": (left, right) => pattern(sameCase(right), "i").test(asText(left)),
  "-notmatch": (left, right) => !pattern(sameCase(right), "i").test(asText(left)),
  "-split": (left, right) => {
    const [separator, most] = list(right);
    const parts = asText(left).split(asText(separator));
    return parts.length > Number(most)
      ? [...parts.slice(0, Number(most) - 1), parts.slice(Number(most) - 1).join(" ")]
      : parts;
  },
  "-cnotmatch": (left, right) => !pattern(right, "").test(asText(left)),
};
