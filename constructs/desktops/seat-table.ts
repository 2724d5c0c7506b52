/** A seat's attributes, by name. */
export type SeatValues = Readonly<Record<string, string>>;

/** The `for_each` over seats and its lookups. */
export interface SeatTable {
  /** The expression of the `for_each`. */
  readonly forEach: string;
  /**
   * The expression for a seat's choice: the choice itself where all seats have the same, otherwise a lookup by seat.
   * @param choices an expression for each value, without `${}`; the first one is also used for a resource without seats
   */
  readonly pick: (attribute: string, choices: ReadonlyMap<string, string>) => string;
  /** The expression for a seat's attribute: the text itself where all seats have the same, otherwise a lookup. */
  readonly value: (attribute: string) => string;
}

/**
 * The seats as Terraform's `for_each`. Attributes that are the same for all are left out, so that a shard of equal
 * seats costs little more than their names.
 * @param seats attributes of each seat, by name; all with the same attributes
 */
export function seatTable(seats: ReadonlyMap<string, SeatValues>): SeatTable {
  const names = [...seats.keys()];
  const differing = differingAttributes([...seats.values()]);
  const rows = names.map((name) => [name, only(seats.get(name) ?? {}, differing)]);
  const forEach =
    differing.length === 0 ? `\${toset(${JSON.stringify(names)})}` : `\${${JSON.stringify(Object.fromEntries(rows))}}`;
  return {
    forEach,
    pick: (attribute, choices) => picked(attribute, choices, differing, seats),
    value: (attribute) => (differing.includes(attribute) ? `\${each.value.${attribute}}` : common(attribute, seats)),
  };
}

function differingAttributes(seats: readonly SeatValues[]): string[] {
  const [first = {}] = seats;
  return Object.keys(first).filter((attribute) => seats.some((seat) => seat[attribute] !== first[attribute]));
}

function only(values: SeatValues, attributes: readonly string[]): SeatValues {
  return Object.fromEntries(attributes.map((attribute) => [attribute, values[attribute] ?? ""]));
}

function picked(
  attribute: string,
  choices: ReadonlyMap<string, string>,
  differing: readonly string[],
  seats: ReadonlyMap<string, SeatValues>,
): string {
  if (!differing.includes(attribute)) {
    const [any = "null"] = choices.values();
    return `\${${choices.get(common(attribute, seats)) ?? any}}`;
  }
  const cases = [...choices].map(([value, choice]) => `${JSON.stringify(value)} = ${choice}`);
  return `\${{${cases.join(", ")}}[each.value.${attribute}]}`;
}

function common(attribute: string, seats: ReadonlyMap<string, SeatValues>): string {
  const [first = {}] = seats.values();
  return first[attribute] ?? "";
}
