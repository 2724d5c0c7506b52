import { readings } from "./typed-number";

/** A measure, and the size of the unit in the measure's smallest one. */
type Unit = readonly [measure: "size" | "time" | "share" | "money", size: number];

/** The unit of a key, which ends its name. */
const KEYS: readonly (readonly [key: RegExp, unit: Unit])[] = [
  [/mib$/i, ["size", 1]],
  [/gib$/i, ["size", 1024]],
  [/minutes$/i, ["time", 1]],
  [/hours$/i, ["time", 60]],
  [/days$/i, ["time", 1440]],
  [/percent$/i, ["share", 1]],
];

/** Units as people write them; GB beside a key in GiB means GiB. */
const WRITTEN: readonly (readonly [names: RegExp, unit: Unit])[] = [
  [/^(?:mib|mb|m)$/, ["size", 1]],
  [/^(?:gib|gb|g)$/, ["size", 1024]],
  [/^(?:tib|tb|t)$/, ["size", 1024 * 1024]],
  [/^(?:min|minutes?|minut[oi])$/, ["time", 1]],
  [/^(?:h|hours?|or[ae])$/, ["time", 60]],
  [/^(?:d|days?|gg|giorn[oi])$/, ["time", 1440]],
  [/^%$/, ["share", 1]],
  [/^(?:€|eur|euro)$/, ["money", 1]],
];

const QUANTITY = /^(?<before>€|eur(?:o)?)?\s*(?<number>[+-]?[\d.,][\d., '’_]*?)\s*(?<after>%|€|[a-z]+)?$/;

/**
 * The numbers that a text may mean under a key, as in `readings`; a number with a unit is converted to the key's.
 * @param key the key, whose name ends with its unit
 * @param amount whether it is an amount of money
 * @example quantities("8192 MB", "memoryGib", false) // [8]
 */
export function quantities(text: string, key: string, amount: boolean): number[] {
  const plain = readings(text);
  if (plain.length > 0) return plain;
  const { before, number = "", after } = QUANTITY.exec(text.normalize("NFKC").trim().toLowerCase())?.groups ?? {};
  const wanted: Unit | undefined = amount ? ["money", 1] : KEYS.find(([name]) => name.test(key))?.[1];
  const written = unitOf(before ?? after ?? "");
  if (wanted === undefined || written?.[0] !== wanted[0] || (before !== undefined && after !== undefined)) return [];
  return readings(number).map((value) => (value * written[1]) / wanted[1]);
}

function unitOf(name: string): Unit | undefined {
  return WRITTEN.find(([names]) => names.test(name))?.[1];
}
