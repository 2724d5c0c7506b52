/**
 * What a function makes of a value, made once for each: rules and reports ask the same of a city, which never changes. It
 * is kept no longer than the value.
 */
export function onceEach<K extends object, T>(make: (value: K) => T): (value: K) => T {
  const known = new WeakMap<K, { readonly made: T }>();
  return (value) => {
    const found = known.get(value) ?? { made: make(value) };
    known.set(value, found);
    return found.made;
  };
}
