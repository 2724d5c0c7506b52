import { stringify } from "yaml";
import type { StackNode } from "../../../terraform/manifest";
import { byGroup } from "./by-group";

/** What makes Atlantis plan anew: a city's file may decide about another's stacks, and the toolkit about all. */
const WHEN_MODIFIED = ["environments/**", "package-lock.json"];

/**
 * The projects of Atlantis, as the text of `atlantis.yaml`: one for each stack of cities, after those that it stands on. What
 * they run, and who may apply, is the server's to say: whoever opens a request may change this file.
 * @param cities the stacks of each city, by its id
 */
export function atlantisConfig(cities: ReadonlyMap<string, readonly StackNode[]>): string {
  const projects = [...cities].flatMap(([city, stacks]) => {
    const nameOf = (stack: string): string => `${city}/${stack.slice(city.length + 1)}`;
    return byGroup(stacks).map(({ name, dependencies, group }) => ({
      name: nameOf(name),
      // Every project has a clone of the repository of its own, so that they run side by side.
      ...{ dir: ".", workspace: name, execution_order_group: group },
      ...(dependencies.length > 0 && { depends_on: dependencies.map(nameOf) }),
      autoplan: { enabled: true, when_modified: WHEN_MODIFIED },
    }));
  });
  const order = { parallel_plan: true, parallel_apply: true, abort_on_execution_order_fail: true };
  return stringify({ version: 3, automerge: false, ...order, projects }, { aliasDuplicateObjects: false });
}
