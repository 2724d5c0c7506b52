import { InputError } from "../../../runtime/errors";
import { STACKS_A_LOOK } from "./limits";
import { grouped } from "./stack-jobs";
import type { StackJob } from "./stack-jobs";

/** A job that looks at stacks of a city for drift. */
export interface Look {
  /** The city's id. */
  readonly city: string;
  /** Its stacks; empty for all of the city. */
  readonly stacks: StackJob;
}

/**
 * The jobs of a night's look for drift: one a city whose stacks are no jobs of their own, and of the others as many as
 * one run of the engine takes.
 * @param cities the stacks of each city, by its id; none of a city that is one job
 * @param most jobs of one run
 * @throws InputError where there are more cities than jobs
 */
export function looks(cities: ReadonlyMap<string, readonly string[]>, most: number): Look[] {
  if (cities.size > most) {
    throw new InputError(
      `${String(cities.size)} cities are more than the ${String(most)} jobs of one run: divide them among repositories`,
    );
  }
  const size = stacksInAJob(
    [...cities.values()].map(({ length }) => length),
    most,
  );
  return [...cities].flatMap(([city, stacks]) =>
    stacks.length === 0 ? [{ city, stacks }] : grouped(stacks, size).map((job) => ({ city, stacks: job })),
  );
}

/** Whether a city's look is jobs for some of its stacks each, one or more, so that none has seen all of the city. */
export function inParts(jobs: readonly Look[]): boolean {
  return jobs.some(({ stacks }) => stacks.length > 0);
}

/** The fewest with which all fit. */
function stacksInAJob(lengths: readonly number[], most: number): number {
  const jobs = (size: number): number =>
    lengths.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / size)), 0);
  let size = STACKS_A_LOOK;
  while (jobs(size) > most) size += 1;
  return size;
}
