import { lowerCase } from "./go-text";
import type { ParameterValues, Policy, PolicyRule } from "../policy";

/** What is wrong with policies, in their order; each says policy, path and what would be right. Empty when nothing is. */
export function policyProblems(policies: readonly Policy[]): string[] {
  return policies.flatMap(({ name, rules }) => [
    ...(lowerCase(name.trim()) === "root"
      ? [`policy ${name}: has no rules in Vault and may do all; leave it out`]
      : []),
    ...rules.flatMap((rule) => ruleProblems(rule).map((problem) => `policy ${name}, path ${rule.path}: ${problem}`)),
  ]);
}

function ruleProblems(rule: PolicyRule): string[] {
  return [...pathProblems(rule), ...boundProblems(rule), ...nameProblems(rule)];
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
  // OpenBao does not look at what else a denying rule says.
  if (max === 0 || max >= min || capabilities.includes("deny")) return [];
  return [`maxWrappingSeconds ${String(max)} is less than minWrappingSeconds ${String(min)}, which OpenBao refuses`];
}

/** Names that differ in case only are one name to OpenBao, and which of their values counts is left to chance. */
function nameProblems({ allowedParameters, deniedParameters }: PolicyRule): string[] {
  return [allowedParameters, deniedParameters].flatMap(twice);
}

function twice(values: ParameterValues = {}): string[] {
  const names = Object.keys(values);
  return names
    .filter((name, index) => names.findIndex((other) => lowerCase(other) === lowerCase(name)) < index)
    .map((name) => `parameter ${name} stands there twice, as names know no case; write it once`);
}
