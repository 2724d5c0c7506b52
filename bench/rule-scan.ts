import { bytesOf } from "../access/evaluation/go-text";
import type { Capability, Policy } from "../access/policy";

interface ScannedRule {
  readonly path: string;
  readonly matches: RegExp;
  readonly exact: boolean;
  /** Compared in this order where several match; the larger wins. */
  readonly priority: readonly number[];
  readonly capabilities: readonly Capability[];
}

/**
 * The answers of `PolicyEvaluator.capabilities` by comparing every rule with every path: the baseline of the index, and
 * its test.
 */
export class RuleScan {
  private readonly exact: readonly ScannedRule[];
  private readonly wild: readonly ScannedRule[];

  /** @param policies of one identity, which the evaluator accepts */
  public constructor(policies: readonly Policy[]) {
    const rules = policies.flatMap((policy) =>
      policy.rules.map(({ path, capabilities }) => scanned(bytesOf(path.replace(/^\//, "")), capabilities)),
    );
    this.exact = rules.filter(({ exact }) => exact);
    this.wild = rules.filter(({ exact }) => !exact);
  }

  /** Sorted; only `deny` where nothing is allowed. */
  public capabilities(asked: string): readonly Capability[] {
    const path = bytesOf(asked.replace(/^\/+/, ""));
    const bare = path.replace(/\/$/, "");
    const found = best(this.exact, path) ?? best(this.exact, bare) ?? best(this.wild, path) ?? best(this.wild, bare);
    if (found === undefined) return ["deny"];
    const rules = found.exact ? this.exact : this.wild;
    const all = rules.filter(({ path: other }) => other === found.path).flatMap(({ capabilities }) => capabilities);
    return all.length === 0 || all.includes("deny") ? ["deny"] : [...new Set(all)].sort();
  }
}

function best(rules: readonly ScannedRule[], path: string): ScannedRule | undefined {
  const matching = rules.filter(({ matches }) => matches.test(path));
  return matching.reduce<ScannedRule | undefined>(
    (so, rule) => (so === undefined || wins(rule, so) ? rule : so),
    undefined,
  );
}

function wins(a: ScannedRule, b: ScannedRule): boolean {
  const at = a.priority.findIndex((value, index) => value !== b.priority[index]);
  return at === -1 ? a.path > b.path : (a.priority[at] ?? 0) > (b.priority[at] ?? 0);
}

function scanned(path: string, capabilities: readonly Capability[]): ScannedRule {
  const segmented = /(^|\/)\+\/|^\+$|\/\+/.test(path);
  const open = path.endsWith("*");
  const segments = (open ? path.slice(0, -1) : path).split("/");
  const text = segments.map((one) => (segmented && one === "+" ? "[^/]*" : one.replace(/[^\w-]/g, "\\$&"))).join("/");
  const wildcards = segmented ? segments.filter((one) => one === "+").length : 0;
  return {
    path,
    capabilities,
    matches: new RegExp(`^${text}${open ? "" : "$"}`),
    exact: !segmented && !open,
    priority: [segmented ? path.indexOf("+") : path.length - 1, open ? 0 : 1, -wildcards, path.length - Number(open)],
  };
}
