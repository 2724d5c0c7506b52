import { setTimeout } from "node:timers/promises";

/** How long is waited for something, and how. */
export interface Waiting {
  /** At the most, in ms of the monotonic clock. */
  readonly within: number;
  /** Between two looks, in ms. */
  readonly pause: number;
  /** Ends the waiting. @default - nothing does */
  readonly signal?: AbortSignal | undefined;
  /** Whether an error of a look only means "not yet". @default - none does */
  readonly isPassing?: ((error: unknown) => boolean) | undefined;
}

/**
 * Looks until something is there: at least once, and once more at the end of the time.
 * @param look what it finds; undefined and false are nothing
 * @returns what was found, or undefined where the time was over
 * @throws the signal's reason once it aborts, a look's error, and that of the last look also where it only means "not yet"
 */
export async function until<T>(
  look: () => Promise<T | false | undefined> | T | false | undefined,
  { within, pause: between, signal, isPassing = () => false }: Waiting,
): Promise<T | undefined> {
  const end = performance.now() + within;
  for (;;) {
    const isLast = performance.now() >= end;
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      if (isLast || !isPassing(error)) throw error;
    }
    if (isLast) return undefined;
    await pause(between, signal);
  }
}

/** Waits. @param ms how long @throws the signal's reason once it aborts */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
