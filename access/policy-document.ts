import type { ParameterValues, PolicyRule } from "./policy";

/** A Vault policy in HCL. Rules are sorted by path, so that the order of a file's entries never changes the text. */
export function policyDocument(rules: readonly PolicyRule[]): string {
  return rules
    .map((rule) => ({ path: rule.path, text: stanza(rule) }))
    .sort((a, b) => ascending(a.path, b.path) || ascending(a.text, b.text))
    .map(({ text }) => text)
    .join("\n");
}

function stanza(rule: PolicyRule): string {
  const { path, capabilities, why, minWrappingSeconds, maxWrappingSeconds } = rule;
  const settings = [
    `capabilities = ${list(capabilities)}`,
    ...parameters("allowed_parameters", rule.allowedParameters),
    ...parameters("denied_parameters", rule.deniedParameters),
    ...(rule.requiredParameters === undefined
      ? []
      : [`required_parameters = ${list(rule.requiredParameters.toSorted(ascending))}`]),
    ...(minWrappingSeconds === undefined ? [] : [`min_wrapping_ttl = ${text(`${String(minWrappingSeconds)}s`)}`]),
    ...(maxWrappingSeconds === undefined ? [] : [`max_wrapping_ttl = ${text(`${String(maxWrappingSeconds)}s`)}`]),
  ];
  return `# ${why}\npath ${text(path)} {\n${settings.map((line) => `  ${line}\n`).join("")}}\n`;
}

function parameters(key: string, values: ParameterValues | undefined): string[] {
  if (values === undefined) return [];
  const lines = Object.entries(values)
    .sort(([a], [b]) => ascending(a, b))
    .map(([name, allowed]) => `    ${text(name)} = ${list(allowed)}\n`);
  return [`${key} = {\n${lines.join("")}  }`];
}

function list(values: readonly (string | number | boolean)[]): string {
  return `[${values.map(text).join(", ")}]`;
}

/** JSON text is valid HCL, except for a dollar before a brace, which begins an expression in HCL. */
function text(value: string | number | boolean): string {
  return JSON.stringify(value).replaceAll("${", "\\u0024{");
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
