/** What a policy allows to do with a path (Vault documentation, "Policies", capabilities). */
export type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo";

/** One path of a policy. */
export interface PolicyRule {
  /** Path of the API, which may end in `*` and may have `+` for one segment. */
  readonly path: string;
  /** What is allowed there; everything else is denied. */
  readonly capabilities: readonly Capability[];
  /** Why it is needed, one line. */
  readonly why: string;
}

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
