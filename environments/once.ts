/**
 * Caches a function's result for each value: rules, reports and previews ask for the same derived data of an immutable city. The
 * result lives as long as the value.
 */
export function onceEach<K extends object, T>(make: (value: K) => T): (value: K) => T {
  const known = new WeakMap<K, { readonly made: T }>();
  return (value) => {
    const found = known.get(value) ?? { made: make(value) };
    known.set(value, found);
    return found.made;
  };
}
