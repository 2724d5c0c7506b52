import type { DeployedCity } from "../environments/model/city";
import { nearest, quoted } from "../environments/display";
import type { Path } from "../environments/path";
import type { Inventory } from "../vcenter/inventory";

/** Something that a city's file presupposes and that is not so in its vCenter. */
export interface PreflightFinding {
  /** Path of the value in the city's file. */
  readonly path: Path;
  /** What was found there, with the value, in one line. */
  readonly message: string;
  /** What has to be there. */
  readonly expected: string;
  /** How to repair it, in the file or in the vCenter. */
  readonly repair: string;
  /** Whether a deployment fails or does harm by it; otherwise somebody has to say whether it is meant. */
  readonly weight: "wrong" | "question";
}

/** A file and a vCenter to hold against each other. */
export interface Compared {
  readonly city: DeployedCity;
  /** Of the city's datacenter alone, or, where there is none of that name, of all. */
  readonly inventory: Inventory;
}

/** A comparison of one topic. It yields all findings, none where the vCenter is as the file presupposes. */
export type Check = (compared: Compared) => Iterable<PreflightFinding>;

/** Names that are there, in which a name of the file is missing. */
export interface There {
  readonly there: readonly string[];
  /** Where: `the datacenter`. */
  readonly where: string;
  /** Names that the file has elsewhere, so that none of them was meant. @default - none */
  readonly named?: readonly string[];
  /** What else repairs it. @default - make it */
  readonly make?: string;
}

/** A finding of a name that is not there, with the nearest one. */
export function missing(path: Path, what: string, name: string, among: There): PreflightFinding {
  const message = `there is no ${what} ${quoted(name)} in ${among.where}`;
  return { path, weight: "wrong", message, ...instead(name, among) };
}

function instead(
  name: string,
  { there, where, named = [], make = "make it" }: There,
): Pick<PreflightFinding, "expected" | "repair"> {
  if (there.length === 0) return { expected: `one of that name: ${where} has none at all`, repair: make };
  const meant = nearest(
    name,
    there.filter((one) => !named.includes(one)),
  );
  const expected = `one of its ${String(there.length)}: ${enumerated(there)}`;
  return {
    expected,
    repair: `${meant === undefined ? "name one that is there" : `write ${quoted(meant)}`}, or ${make}`,
  };
}

const MOST_NAMED = 8;

/** Names for a sentence: `a, b`; of more than 8 the first ones and how many there are beside them. */
export function enumerated(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - MOST_NAMED;
  const first = names.slice(0, MOST_NAMED).map(quoted).join(", ");
  return more > 0 ? `${first} and ${String(more)} more` : first;
}

/** The names of items. */
export function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}
