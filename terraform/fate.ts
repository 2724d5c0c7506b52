/** What may be done with something that a deployment left: one of some kinds of things, or nothing. */
export type Fate<Kind extends string> = { readonly kind: Kind } | LeftAlone;

interface LeftAlone {
  readonly kind: "left-alone";
  /** Why, for a sentence: `it has a snapshot`. */
  readonly reason: string;
}

/** Nothing is done with it. @param reason for a sentence */
export function leftAlone(reason: string): LeftAlone {
  return { kind: "left-alone", reason };
}

/** A fate for a sentence. @param texts what is said of each kind */
export function fateText<Kind extends string>(fate: Fate<Kind>, texts: Readonly<Record<Kind, string>>): string {
  return isLeftAlone(fate) ? `left alone, ${fate.reason}` : texts[fate.kind];
}

function isLeftAlone(fate: Fate<string>): fate is LeftAlone {
  return fate.kind === "left-alone";
}
