import type { Progress } from "../runtime/progress";

/** Duration of a step. */
export interface Step {
  readonly title: string;
  readonly seconds: number;
}

/** A progress that passes every step on to another one and records its duration. */
export function timed(progress: Progress): { readonly progress: Progress; readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  return {
    steps,
    progress: {
      step: async (title, work) => {
        const [result, seconds] = await stopwatch(() => progress.step(title, work));
        steps.push({ title, seconds });
        return result;
      },
    },
  };
}

/** The result of work, and its duration in seconds, to a tenth. */
export async function stopwatch<T>(work: () => Promise<T>): Promise<[T, number]> {
  const [result, milliseconds] = await elapsed(work);
  return [result, tenths(milliseconds)];
}

/** The result of work, and its duration in milliseconds. */
export async function elapsed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

/** The same for synchronous work. */
export function clocked<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

/** Milliseconds as seconds, to a tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
