/** A key as people read it, `*` standing for a name or an item: `pools.*.seats`, as environments/README.md writes it. */
export function keyName(steps: readonly string[]): string {
  return steps.join(".");
}
