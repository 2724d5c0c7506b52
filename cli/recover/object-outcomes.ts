import { count, escaped } from "../../environments/display";
import type { Planning } from "../../terraform/plan-stack";
import type { StackResource } from "../../terraform/state-objects";

/** What came of what was done with an object. */
export interface ObjectOutcome {
  readonly object: StackResource;
  /** Why it could not be done. @default - it was */
  readonly failure?: string;
}

/** What is said of objects: what they are, and what was done with them. */
interface Words {
  /** Behind their number, such as `in no state`. */
  readonly are: string;
  /** Of one that is only listed. */
  readonly listed: string;
  /** Of one with which it was done. */
  readonly done: string;
}

/** @param failure why it could not be done; undefined where it was */
export function outcomeOf(object: StackResource, failure: string | undefined): ObjectOutcome {
  return { object, ...(failure !== undefined && { failure }) };
}

/**
 * Does something with each object, one after the other: each time a state is written.
 * @param work gives why it failed; undefined where it did not
 */
export async function oneByOne<T extends StackResource>(
  objects: readonly T[],
  planning: Planning,
  work: (object: T, planning: Planning) => Promise<string | undefined>,
): Promise<ObjectOutcome[]> {
  const outcomes: ObjectOutcome[] = [];
  for (const object of objects) {
    planning.signal?.throwIfAborted();
    outcomes.push(outcomeOf(object, await work(object, planning)));
  }
  return outcomes;
}

/** Their number, and a line for each. @param named what an object is called, behind its stack */
export function objectLines<T extends StackResource>(
  objects: readonly T[],
  outcomes: readonly ObjectOutcome[],
  { are, listed, done }: Words,
  named: (object: T) => string,
): string[] {
  const lines = objects.map((object) => {
    const outcome = outcomes.find((one) => one.object === object);
    const failed = outcome?.failure === undefined ? done : `not ${done}: ${outcome.failure}`;
    return escaped(`${object.stack}: ${named(object)}: ${outcome === undefined ? listed : failed}`);
  });
  return [`${count(objects.length, "object")} ${are}`, ...lines];
}
