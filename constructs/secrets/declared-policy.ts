import { Policy } from "@cdktf/provider-vault/lib/policy";
import type { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { policyDocument } from "../../access/policy-document";

/** Declares a policy of a city in Vault. */
export function declaredPolicy(scope: Construct, id: string, { name, rules }: PolicyDefinition): Policy {
  return new Policy(scope, id, { name, policy: policyDocument(rules) });
}
