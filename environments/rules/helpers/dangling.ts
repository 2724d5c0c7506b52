import { listed, nearest, quotedApart } from "../../display";
import { onceEach } from "../../once";
import type { Path } from "../../path";
import type { Finding } from "../rule";

/** So many names are looked at for the one that was meant; thousands of wrong ones beside thousands of right ones take long. */
const MOST_COMPARED = 500;
const namesIn = onceEach((known: readonly string[]) => new Set(known));

/** A name in a file that must be declared elsewhere in it. */
export interface Reference {
  /** The way to the name. */
  readonly path: Path;
  /** The name. */
  readonly name: string;
  /** The names that are declared. */
  readonly known: readonly string[];
  /** What the name should stand for, such as `segment` or `datastore of the cluster "a"`. */
  readonly noun: string;
  /** Where such things are declared. */
  readonly declared: string;
}

/** A finding for a name that is declared nowhere, with the nearest one that is; none where it is declared. */
export function dangling({ path, name, known, noun, declared }: Reference): Finding[] {
  if (namesIn(known).has(name)) return [];
  const meant = nearest(name, known.slice(0, MOST_COMPARED));
  const repair =
    meant === undefined ? `choose one of them or declare it in ${declared}` : `write ${quotedApart(meant, name)}`;
  return [{ path, message: `${quotedApart(name, meant ?? name)} names no ${noun}`, allowed: listed(known), repair }];
}
