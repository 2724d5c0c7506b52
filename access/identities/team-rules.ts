import type { Grant, SecretPlace, Team } from "../access-plan";
import type { Capability, PolicyRule } from "../policy";
import { teamSecrets, vaultPaths } from "../vault-paths";

type Part = "data" | "metadata" | "delete" | "undelete";

/** What of the store's version 2 each word of a grant opens (Vault documentation, "KV secrets engine, version 2: ACL rules"). */
const NAMES: readonly (readonly [Part, readonly Capability[]])[] = [["metadata", ["list", "read"]]];
const PARTS: Readonly<Record<Grant["may"], typeof NAMES>> = {
  names: NAMES,
  read: [...NAMES, ["data", ["read"]]],
  write: [...NAMES, ["data", ["create", "read", "update"]], ["delete", ["update"]], ["undelete", ["update"]]],
};

/** What the people of a team may do: write at its own place, and what was granted elsewhere. */
export function teamRules(city: string, { name, grants }: Team): PolicyRule[] {
  const own: Grant = {
    place: { path: teamSecrets(name), kind: "folder" },
    may: "write",
    because: `The own place of the team ${name}.`,
  };
  return merged([own, ...grants].flatMap((grant) => grantRules(city, grant)));
}

function grantRules(city: string, { place, may, because }: Grant): PolicyRule[] {
  return PARTS[may].map(([part, capabilities]) => ({
    path: `${vaultPaths(city).keyValue}/${part}/${pattern(place)}`,
    capabilities,
    why: because,
  }));
}

function pattern({ path, kind }: SecretPlace): string {
  return kind === "folder" ? `${path}/*` : path;
}

/** One rule a path, since several things of a file may ask for the same one. */
function merged(rules: readonly PolicyRule[]): PolicyRule[] {
  const byPath = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const known = byPath.get(rule.path);
    byPath.set(rule.path, known === undefined ? rule : both(known, rule));
  }
  return [...byPath.values()];
}

function both(one: PolicyRule, other: PolicyRule): PolicyRule {
  const capabilities = new Set<Capability>([...one.capabilities, ...other.capabilities]);
  const whys = new Set([one.why, other.why]);
  return { ...one, capabilities: [...capabilities].sort(), why: [...whys].join(" ") };
}
