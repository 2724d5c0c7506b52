import type { StackNode } from "../../../terraform/manifest";

/** A stack, and how many have to be applied before it at least. */
export interface GroupedStack extends StackNode {
  readonly group: number;
}

/** The stacks of a city with their groups, those of a group before those of the next. */
export function byGroup(stacks: readonly StackNode[]): GroupedStack[] {
  const nodes = new Map(stacks.map((node) => [node.name, node]));
  const groups = new Map<string, number>();
  const groupOf = (name: string): number => {
    const known = groups.get(name);
    if (known !== undefined) return known;
    const before = nodes.get(name)?.dependencies ?? [];
    const group = Math.max(-1, ...before.map(groupOf)) + 1;
    groups.set(name, group);
    return group;
  };
  return stacks.map((node) => ({ ...node, group: groupOf(node.name) })).sort((a, b) => a.group - b.group);
}
