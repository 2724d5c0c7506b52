import type { Progress } from "../runtime/progress";

/** How long one step took. */
export interface Step {
  readonly title: string;
  readonly seconds: number;
}

/** A progress that passes every step on to another and keeps how long it took. */
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

/** What a piece of work gives, and how many seconds it took, to a tenth. */
export async function stopwatch<T>(work: () => Promise<T>): Promise<[T, number]> {
  const [result, milliseconds] = await elapsed(work);
  return [result, tenths(milliseconds)];
}

/** What a piece of work gives, and how many milliseconds it took. */
export async function elapsed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

/** The same of work that waits for nothing. */
export function clocked<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

/** Milliseconds as seconds, to a tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
