import type { MatrixRule } from "../segmentation/matrix";
import type { RuleChange } from "./flow-changes";

/** The change of a network rule, in a word. */
export function whatOf({ before, after }: RuleChange): string {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** A network rule in a line; empty without one. @param shown formats a name of its ends */
export function ruleText(rule: MatrixRule | null, shown: (name: string) => string): string {
  if (rule === null) return "";
  const { state, from, to, ports, until } = rule;
  const end = until === "" ? "" : `, until ${until}`;
  return `${state}: ${shown(from.name)} to ${shown(to.name)}, ${ports.join(", ")}${end}`;
}
