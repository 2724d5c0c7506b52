import { PasswordPolicy } from "@cdktf/provider-vault/lib/password-policy";
import { Construct } from "constructs";

/**
 * Active Directory's "password must meet complexity requirements" asks for three of these; here all four are required.
 */
const CHARACTER_SETS = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "-_.+=!@%"];

/** How Vault generates passwords for a city's accounts. */
export interface PasswordRulesProps {
  /** Name of the password policy in Vault. */
  readonly name: string;
  /** Length of a password, in characters. */
  readonly length: number;
}

/**
 * A password policy: at least one lower-case letter, upper-case letter, digit and sign. Vault generates the passwords.
 */
export class PasswordRules extends Construct {
  public constructor(scope: Construct, id: string, props: PasswordRulesProps) {
    super(scope, id);
    new PasswordPolicy(this, "policy", { name: props.name, policy: policyText(props.length) });
  }
}

function policyText(length: number): string {
  const rules = CHARACTER_SETS.map((set) => `rule "charset" {\n  charset = "${set}"\n  min-chars = 1\n}\n`);
  return [`length = ${String(length)}\n`, ...rules].join("\n");
}
