/** The steps of a rehearsal, in order; `destroy` reverts to an empty base. */
export const STEPS = ["base", "change", "second plan", "way back", "plan of the base", "destroy"] as const;

/** @see STEPS */
export type StepName = (typeof STEPS)[number];

/** Outcome of a stack in a step. */
export interface StackOutcome {
  readonly stack: string;
  /**
   * `done`: changed or destroyed. `unchanged`: nothing to do. `not reached`: not started, because a dependency failed.
   * `left`: deployed, but the step's files no longer declare it, so it was left alone.
   */
  readonly result: "done" | "unchanged" | "failed" | "not reached" | "left";
  /** Duration of Terraform; null where it was not applied. */
  readonly seconds: number | null;
  /** Counts of changes, such as `2 added, 1 destroyed`. */
  readonly summary?: string;
  /** Terraform's errors, a line each. */
  readonly errors: readonly string[];
  /** Path of the complete output of a failure. */
  readonly logFile?: string;
}

/** A measured step. */
export interface Step {
  readonly step: StepName;
  readonly result: "passed" | "failed" | "skipped";
  /** Including the synthesis. */
  readonly seconds: number;
  /** In the order of execution. */
  readonly stacks: readonly StackOutcome[];
  /** An error outside the stacks, in a line. */
  readonly error?: string;
  /** What has to be known for the real deployment. */
  readonly notes: readonly string[];
}
