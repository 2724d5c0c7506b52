const MOST = 20_000;

/**
 * Remembers a pure function's results by its argument: rules, plans and reports ask for the same few addresses again and
 * again. It forgets all of them when they are more than a city has.
 */
export function onceEachValue<K extends string | bigint, T>(make: (value: K) => T): (value: K) => T {
  const known = new Map<K, T>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const made = make(value);
    if (known.size >= MOST) known.clear();
    known.set(value, made);
    return made;
  };
}
