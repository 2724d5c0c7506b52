/**
 * Maps items concurrently and returns the results in the order of the items. After an abort or an error no further item
 * is started; running ones are awaited, and then the reason is thrown.
 * @param most maximum number at a time
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  most: number,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failed || signal?.aborted === true) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  signal?.throwIfAborted();
  return results;
}
