/**
 * Does work on items, some at a time, and gives the results in the order of the items. Once the signal aborts, no item is
 * begun any more; what is under way is waited for, and then the signal's reason is thrown.
 * @param most how many at a time
 * @param work does not reject: what fails is a result too
 */
export async function inTurn<T, R>(
  items: readonly T[],
  most: number,
  signal: AbortSignal,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (signal.aborted) return;
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  signal.throwIfAborted();
  return results;
}
