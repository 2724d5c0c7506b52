import type { Step, StepName } from "./step";

/** What was rehearsed, and with what. */
export interface Rehearsed {
  /** The city's id. */
  readonly city: string;
  /** The commit that was deployed before; null where nothing was. */
  readonly base: string | null;
  /** The folder of the saved inventory; null where the vCenter held what the file presupposes. */
  readonly saved: string | null;
  /** Whose permissions the deployment had; null where it might do all. */
  readonly login: string | null;
  /** The most seats of a pool that were deployed; 0 for all. */
  readonly seatsPerPool: number;
}

/** One thing that failed. */
export interface Failure {
  readonly step: StepName;
  /** null where no stack by itself is the reason. */
  readonly stack: string | null;
  /** Terraform's own error, or what else is wrong, in a line. */
  readonly error: string;
}

/** What a rehearsal says; also the shape of its JSON. */
export interface RehearsalReport extends Rehearsed {
  readonly result: "passed" | "failed";
  /** null where it was not tried, as what comes before it failed. */
  readonly answers: {
    /** Whether the deployment of the change would pass. */
    readonly applies: boolean | null;
    /** Whether a plan after it has nothing to do. */
    readonly settles: boolean | null;
    /** Whether the base, or nothing, stands again afterwards. */
    readonly goesBack: boolean | null;
  };
  /** In the order of the steps. */
  readonly failures: readonly Failure[];
  readonly steps: readonly Step[];
}

/** The report of the steps as they were measured. */
export function rehearsalReport(rehearsed: Rehearsed, steps: readonly Step[]): RehearsalReport {
  return {
    ...rehearsed,
    result: steps.every(({ result }) => result === "passed") ? "passed" : "failed",
    answers: {
      applies: answer(steps, ["change"]),
      settles: answer(steps, ["second plan"]),
      goesBack: answer(steps, ["way back", "plan of the base", "destroy"]),
    },
    failures: steps.flatMap(failuresOf),
    steps,
  };
}

function answer(steps: readonly Step[], names: readonly StepName[]): boolean | null {
  const asked = steps.filter(({ step }) => names.includes(step));
  if (asked.some(({ result }) => result === "failed")) return false;
  return asked.length > 0 && asked.every(({ result }) => result === "passed") ? true : null;
}

function failuresOf({ step, result, stacks, error }: Step): Failure[] {
  if (result !== "failed") return [];
  const ofStacks = stacks.flatMap(({ stack, errors }) => errors.map((text) => ({ step, stack, error: text })));
  return error === undefined ? ofStacks : [...ofStacks, { step, stack: null, error }];
}
