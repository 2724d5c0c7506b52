import type { PolicyRule } from "../../access/policy";

/** Rules without one thing that they allow. */
export interface WeakenedPolicy {
  /** What was taken: a rule's path, and the capability where the rule has others. */
  readonly taken: string;
  readonly path: string;
  readonly rules: readonly PolicyRule[];
}

/** The rules without each capability in turn. */
export function withoutCapabilities(rules: readonly PolicyRule[]): WeakenedPolicy[] {
  return rules.flatMap((rule) =>
    rule.capabilities.map((capability) => {
      const left = rule.capabilities.filter((other) => other !== capability);
      const rest = left.length === 0 ? [] : [{ ...rule, capabilities: left }];
      const taken = `${rule.path} ${capability}`;
      return { taken, path: rule.path, rules: [...rules.filter((other) => other !== rule), ...rest] };
    }),
  );
}

/** The rules without each of those that have several capabilities. */
export function withoutRules(rules: readonly PolicyRule[]): WeakenedPolicy[] {
  return rules
    .filter(({ capabilities }) => capabilities.length > 1)
    .map((rule) => ({ taken: rule.path, path: rule.path, rules: rules.filter((other) => other !== rule) }));
}

/** Whether a rule's path is about a path: `+` is one segment, a `*` at the end is the rest. */
export function isAbout(rule: string, path: string): boolean {
  const open = rule.endsWith("*");
  const wanted = (open ? rule.slice(0, -1) : rule).split("/");
  const given = path.split("/");
  const last = wanted.length - 1;
  return (
    (open || wanted.length === given.length) &&
    wanted.every((segment, index) => {
      const other = given[index] ?? "";
      return segment === "+" || (open && index === last ? other.startsWith(segment) : other === segment);
    })
  );
}
