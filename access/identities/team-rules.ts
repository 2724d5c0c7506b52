import type { Grant, SecretPlace, Team } from "../access-plan";
import type { Capability, PolicyRule } from "../policy";
import { teamSecrets, vaultPaths } from "../vault-paths";
import { signingRules } from "./ssh-rules";

type Part = "data" | "metadata" | "delete" | "undelete";

/**
 * The capabilities of each level of a grant in version 2 of the store (Vault documentation, "KV secrets engine, version
 * 2: ACL rules").
 */
const NAMES: readonly (readonly [Part, readonly Capability[]])[] = [["metadata", ["list", "read"]]];
const PARTS: Readonly<Record<Grant["may"], typeof NAMES>> = {
  names: NAMES,
  read: [...NAMES, ["data", ["read"]]],
  write: [...NAMES, ["data", ["create", "read", "update"]], ["delete", ["update"]], ["undelete", ["update"]]],
};

const WIDTH: readonly Grant["may"][] = ["names", "read", "write"];
/** A person may look up and revoke his own login. */
const LOGIN: readonly PolicyRule[] = [
  { path: "auth/token/lookup-self", capabilities: ["read"], why: "Seeing one's own login." },
  { path: "auth/token/revoke-self", capabilities: ["update"], why: "The login is given back once it was used." },
];

/** A team's rules: write in its own folder, use what was granted elsewhere, and have SSH keys signed. */
export function teamRules(city: string, { name, grants, sshRoles }: Team): PolicyRule[] {
  const own: Grant = {
    place: { path: teamSecrets(name), kind: "folder" },
    may: "write",
    because: `The own place of the team ${name}.`,
  };
  const all = [own, ...grants];
  const granted = all.flatMap((grant) => grantRules(city, widened(grant, all)));
  return merged([...granted, ...signingRules(city, sshRoles), ...LOGIN]);
}

/**
 * A secret's own rule alone decides on it: it must include its folder's grants, or a further grant would remove rights.
 */
function widened(grant: Grant, all: readonly Grant[]): Grant {
  if (grant.place.kind === "folder") return grant;
  const covering = all.filter(({ place }) => place.kind === "folder" && grant.place.path.startsWith(`${place.path}/`));
  const widest = Math.max(...[grant, ...covering].map(({ may }) => WIDTH.indexOf(may)));
  return { ...grant, may: WIDTH[widest] ?? grant.may };
}

function grantRules(city: string, { place, may, because, asked }: Grant): PolicyRule[] {
  return PARTS[may].map(([part, capabilities]) => ({
    path: `${vaultPaths(city).keyValue}/${part}/${pattern(place)}`,
    capabilities,
    why: because,
    ...(asked !== undefined && { asked: [asked] }),
  }));
}

function pattern({ path, kind }: SecretPlace): string {
  return kind === "folder" ? `${path}/*` : path;
}

/** One rule for each path, since several grants of a file may name the same one. */
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
  const asked = [...(one.asked ?? []), ...(other.asked ?? [])];
  return {
    ...one,
    capabilities: [...capabilities].sort(),
    why: [...whys].join(" "),
    ...(asked.length > 0 && { asked }),
  };
}
