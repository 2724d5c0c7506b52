import type { Step, StepName } from "./step";

/** What was rehearsed. */
export interface Rehearsed {
  /** The city's id. */
  readonly city: string;
  /** The base's commit; null for an empty base. */
  readonly base: string | null;
  /** The folder of the saved vCenter; null where the vCenter contained what the file needs. */
  readonly saved: string | null;
  /** The login whose permissions applied; null for all permissions. */
  readonly login: string | null;
  /** Maximum number of deployed seats of a pool; 0 for all. */
  readonly seatsPerPool: number;
}

/** What no rehearsal looks at, whatever its vCenter had before: its report says so. */
export const NOT_LOOKED_AT: readonly string[] = [
  "guests: no machine boots, so customization, the domain and first logins are not tried",
  "the network behind the switch, and whether packets pass",
  "licences, versions of vCenter and ESXi, admission control, and how long a real datastore takes",
  "tags, storage policies and content libraries of the real vCenter, which no saved inventory has",
  "permissions by group and global permissions",
];

/** One thing that failed. */
export interface Failure {
  readonly step: StepName;
  /** null where it concerns no single stack. */
  readonly stack: string | null;
  /** Terraform's error, or another one, in a line. */
  readonly error: string;
}

/** Result of a rehearsal; also the shape of its JSON. */
export interface RehearsalReport extends Rehearsed {
  readonly result: "passed" | "failed";
  /** null where it was not tried because an earlier step failed. */
  readonly answers: {
    /** Whether the change can be deployed. */
    readonly applies: boolean | null;
    /** Whether a plan after it is empty. */
    readonly settles: boolean | null;
    /** Whether the base, or nothing, is deployed again afterwards. */
    readonly goesBack: boolean | null;
  };
  /** In the order of the steps. */
  readonly failures: readonly Failure[];
  readonly steps: readonly Step[];
  /** What was not looked at. */
  readonly notLookedAt: readonly string[];
}

/** The report of measured steps. */
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
    notLookedAt: NOT_LOOKED_AT,
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
