import type { Capability, PolicyRule } from "../../access/policy";

/** One thing that is taken away: of all rules that are there for the same reason. */
export interface Weakening {
  /** Where the rules lead, with `…` for what they differ in, and the capability where one is taken. */
  readonly taken: string;
  /** Paths of the rules. */
  readonly paths: readonly string[];
  readonly why: string;
  /** @default - the whole rules are taken */
  readonly capability?: Capability;
}

/** Each capability of the rules, in turn. */
export function eachCapability(rules: readonly PolicyRule[]): Weakening[] {
  return eachRule(rules).flatMap((rule) => {
    const same = rules.filter(({ why }) => why === rule.why);
    const capabilities = new Set(same.flatMap((one) => one.capabilities));
    return [...capabilities].map((capability) => ({ ...rule, capability, taken: `${rule.taken} ${capability}` }));
  });
}

/** The rules, those with one reason together. */
export function eachRule(rules: readonly PolicyRule[]): Weakening[] {
  return [...new Set(rules.map(({ why }) => why))].map((why) => {
    const paths = rules.filter((rule) => rule.why === why).map(({ path }) => path);
    return { why, paths, taken: inCommon(paths) };
  });
}

/** The rules without what is taken. */
export function weakened(rules: readonly PolicyRule[], { why, capability }: Weakening): PolicyRule[] {
  return rules.flatMap((rule) => {
    if (rule.why !== why) return [rule];
    const left = rule.capabilities.filter((other) => capability !== undefined && other !== capability);
    return left.length === 0 ? [] : [{ ...rule, capabilities: left }];
  });
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

/** `sys/mounts/milan/…/tune` of several paths; a single one as it is. */
function inCommon(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/"));
  const same = (index: number): boolean => others.every((other) => other.at(index) === first.at(index));
  return first.map((segment, index) => (same(index) ? segment : "…")).join("/");
}
