import { PGraph } from "p-graph";

/**
 * The order of work on stacks, each after its dependencies. Stacks outside the graph impose no order.
 * @param dependencies dependencies of each stack, by stack
 * @param turned reversed: each after the stacks that depend on it
 */
export function stackGraph(dependencies: Readonly<Record<string, readonly string[]>>, turned = false): PGraph {
  const edges = Object.entries(dependencies).flatMap(([stack, others]) =>
    others
      .filter((other) => other in dependencies)
      .map((other): [string, string] => (turned ? [stack, other] : [other, stack])),
  );
  return new PGraph(new Map(Object.keys(dependencies).map((stack) => [stack, {}])), edges);
}
