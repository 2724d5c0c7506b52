import { PGraph } from "p-graph";

/**
 * The order in which work on stacks can be done, each after those that it stands on. Stacks that are not among them are in no order with
 * these.
 * @param dependencies what each stack stands on, by its name
 * @param turned each after those that stand on it
 */
export function stackGraph(dependencies: Readonly<Record<string, readonly string[]>>, turned = false): PGraph {
  const edges = Object.entries(dependencies).flatMap(([stack, others]) =>
    others
      .filter((other) => other in dependencies)
      .map((other): [string, string] => (turned ? [stack, other] : [other, stack])),
  );
  return new PGraph(new Map(Object.keys(dependencies).map((stack) => [stack, {}])), edges);
}
