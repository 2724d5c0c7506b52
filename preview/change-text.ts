import type { MatrixRule } from "../segmentation/matrix";
import type { RuleChange } from "./flow-changes";

/** What became of a rule of the network, in a word. */
export function whatOf({ before, after }: RuleChange): string {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** A rule of the network in a line; empty where there is none. @param shown how a name of its ends is shown */
export function ruleText(rule: MatrixRule | null, shown: (name: string) => string): string {
  if (rule === null) return "";
  const { state, from, to, ports, until } = rule;
  const end = until === "" ? "" : `, until ${until}`;
  return `${state}: ${shown(from.name)} to ${shown(to.name)}, ${ports.join(", ")}${end}`;
}
