import type { PolicyRule } from "./policy";

/** A Vault policy in HCL, rules sorted by path, so that the order of a file's entries never changes it. */
export function policyDocument(rules: readonly PolicyRule[]): string {
  return [...rules]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, capabilities, why }) => {
      const list = capabilities.map((capability) => JSON.stringify(capability)).join(", ");
      return `# ${why}\npath ${JSON.stringify(path)} {\n  capabilities = [${list}]\n}\n`;
    })
    .join("\n");
}
