import { lowerCase } from "./go-text";
import type { ParameterValues, Policy, PolicyRule } from "../policy";

/** Problems of policies, in their order; each names the policy, the path and what is allowed. Empty without any. */
export function policyProblems(policies: readonly Policy[]): string[] {
  return policies.flatMap(({ name, rules }) => [
    ...(lowerCase(name.trim()) === "root"
      ? [`policy ${name}: has no rules in Vault and may do all; leave it out`]
      : []),
    ...rules.flatMap((rule) =>
      [...pathProblems(rule), ...boundProblems(rule), ...nameProblems(rule)].map(
        (problem) => `policy ${name}, path ${rule.path}: ${problem}`,
      ),
    ),
  ]);
}

function pathProblems({ path }: PolicyRule): string[] {
  return [
    ...(/\{\{|\}\}/.test(path) ? ["a templated path depends on who asks; write the path that it becomes"] : []),
    ...(path.includes("+*") ? ["+* is refused by OpenBao; write * alone, or a segment + and more behind it"] : []),
  ];
}

function boundProblems({
  capabilities,
  minWrappingSeconds: min = 0,
  maxWrappingSeconds: max = 0,
}: PolicyRule): string[] {
  const bad = [min, max].filter((seconds) => !Number.isFinite(seconds) || seconds < 0);
  if (bad.length > 0) return bad.map((seconds) => `${String(seconds)} is no time to wrap for; write 0 or more seconds`);
  // OpenBao ignores everything else in a rule with `deny`.
  if (max === 0 || max >= min || capabilities.includes("deny")) return [];
  return [`maxWrappingSeconds ${String(max)} is less than minWrappingSeconds ${String(min)}, which OpenBao refuses`];
}

/** OpenBao treats names that differ only in case as one name, and uses the values of either at random. */
function nameProblems({ allowedParameters, deniedParameters }: PolicyRule): string[] {
  return [allowedParameters, deniedParameters].flatMap(twice);
}

function twice(values: ParameterValues = {}): string[] {
  const seen = new Set<string>();
  return Object.keys(values)
    .filter((name) => {
      const before = seen.size;
      return seen.add(lowerCase(name)).size === before;
    })
    .map((name) => `parameter ${name} stands there twice, as names know no case; write it once`);
}
