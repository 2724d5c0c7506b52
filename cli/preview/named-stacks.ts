import { listed, nearest, quoted } from "../../environments/display";
import { InputError } from "../../runtime/errors";
import type { StackNode } from "../../terraform/manifest";

/**
 * The stacks with these names.
 * @param names @default - none: all
 * @throws InputError where there is none of a name
 */
export function namedStacks(stacks: readonly StackNode[], names: readonly string[]): readonly StackNode[] {
  if (names.length === 0) return stacks;
  const known = stacks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return stacks.filter(({ name }) => names.includes(name));
  const meant = nearest(unknown, known);
  const repair = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  throw new InputError(`no stack is named ${quoted(unknown)}; there are ${listed(known)}${repair}`);
}

/** The same with all that they stand on, also by way of others: so they are planned where those were never deployed. */
export function withDependencies(chosen: readonly StackNode[], stacks: readonly StackNode[]): readonly StackNode[] {
  const nodes = new Map(stacks.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const add = ({ name, dependencies }: StackNode): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const dependency of dependencies.flatMap((one) => nodes.get(one) ?? [])) add(dependency);
  };
  chosen.forEach(add);
  return stacks.filter(({ name }) => needed.has(name));
}
