import { listed, nearest, quotedApart } from "../../display";
import { onceEach } from "../../once";
import type { Path } from "../../path";
import type { Finding } from "../rule";

/**
 * Maximum number of names compared with a wrong one; thousands of wrong ones beside thousands of right ones would take
 * long.
 */
const MOST_COMPARED = 500;
const namesIn = onceEach((known: readonly string[]) => new Set(known));

/** A name in a file that must be declared elsewhere in it. */
export interface Reference {
  /** Path of the name. */
  readonly path: Path;
  /** The name. */
  readonly name: string;
  /** The declared names. */
  readonly known: readonly string[];
  /** Noun for the name, such as `segment` or `datastore of the cluster "a"`. */
  readonly noun: string;
  /** Where such names are declared. */
  readonly declared: string;
}

/** A finding for a name that is not declared, with the nearest declared one; none otherwise. */
export function dangling({ path, name, known, noun, declared }: Reference): Finding[] {
  if (namesIn(known).has(name)) return [];
  const meant = nearest(name, known.slice(0, MOST_COMPARED));
  const repair =
    meant === undefined ? `choose one of them or declare it in ${declared}` : `write ${quotedApart(meant, name)}`;
  return [{ path, message: `${quotedApart(name, meant ?? name)} names no ${noun}`, allowed: listed(known), repair }];
}
