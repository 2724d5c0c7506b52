/** What a machine is to be ready for. */
export const PURPOSES = ["deploy", "lab", "test", "soak"] as const;

/** @see PURPOSES */
export type Purpose = (typeof PURPOSES)[number];

/** One thing that was looked at. */
export interface Finding {
  /** `wrong`: a command would fail or do harm by it; `note`: somebody has to know it. */
  readonly weight: "right" | "wrong" | "note";
  /** What was found, without the value of a login. */
  readonly found: string;
  /** What to do. @default - nothing */
  readonly repair?: string;
}

/** A finding that needs no repair. */
export function right(found: string): Finding {
  return { weight: "right", found };
}

/** A finding by which a command would fail or do harm. */
export function wrong(found: string, repair: string): Finding {
  return { weight: "wrong", found, repair };
}

/** A finding that somebody has to know. */
export function note(found: string, repair: string): Finding {
  return { weight: "note", found, repair };
}
