/** The steps of a rehearsal, in their order; `destroy` is the way back where nothing was deployed before. */
export const STEPS = ["base", "change", "second plan", "way back", "plan of the base", "destroy"] as const;

/** @see STEPS */
export type StepName = (typeof STEPS)[number];

/** How a stack fared in a step. */
export interface StackOutcome {
  readonly stack: string;
  /**
   * `done`: it was changed, or destroyed. `unchanged`: there was nothing to do. `not reached`: its turn never came, as one that
   * it stands on failed. `left`: it is deployed, and the files of the step declare it no more, so that nothing was done with it.
   */
  readonly result: "done" | "unchanged" | "failed" | "not reached" | "left";
  /** From Terraform's start to its end; null where it was not applied. */
  readonly seconds: number | null;
  /** What was done, such as `2 added, 1 destroyed`. */
  readonly summary?: string;
  /** Terraform's errors, a line each. */
  readonly errors: readonly string[];
  /** The whole output, where it failed. */
  readonly logFile?: string;
}

/** A step as it was measured. */
export interface Step {
  readonly step: StepName;
  readonly result: "passed" | "failed" | "skipped";
  /** With the synthesis. */
  readonly seconds: number;
  /** In the order in which they were done. */
  readonly stacks: readonly StackOutcome[];
  /** What failed beside the stacks, in a line. */
  readonly error?: string;
  /** What whoever does it in the city must know. */
  readonly notes: readonly string[];
}
