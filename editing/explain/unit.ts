/** Units of numbers, by the ends of their keys; the first that fits counts. Other numbers count what their key names. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^prices\./, "euro a month"],
  [/^project\.funding\./, "euro"],
  [/mibpersecond$/i, "MiB a second"],
  [/^secrets\.requestspersecond\./i, "requests a second"],
  [/gib$/i, "GiB"],
  [/mib$/i, "MiB"],
  [/mhz$/i, "MHz"],
  [/minutes$/i, "minutes"],
  [/hours$/i, "hours"],
  [/days$/i, "days"],
  [/percent$/i, "percent"],
  [/passwordlength$/i, "characters"],
  [/\.mtu$/, "bytes"],
];

/** The unit of a number of the file; undefined where it is a count, a share or a number such as a VLAN's. */
export function unitOf(steps: readonly string[]): string | undefined {
  const key = steps.join(".");
  return UNITS.find(([ends]) => ends.test(key))?.[1];
}
