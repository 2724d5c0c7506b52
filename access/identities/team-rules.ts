import type { Grant, SecretPlace, Team } from "../access-plan";
import type { Capability, PolicyRule } from "../policy";
import { teamSecrets, vaultPaths } from "../vault-paths";
import { signingRules } from "./ssh-rules";

type Part = "data" | "metadata" | "delete" | "undelete";

/** What of the store's version 2 each word of a grant opens (Vault documentation, "KV secrets engine, version 2: ACL rules"). */
const NAMES: readonly (readonly [Part, readonly Capability[]])[] = [["metadata", ["list", "read"]]];
const PARTS: Readonly<Record<Grant["may"], typeof NAMES>> = {
  names: NAMES,
  read: [...NAMES, ["data", ["read"]]],
  write: [...NAMES, ["data", ["create", "read", "update"]], ["delete", ["update"]], ["undelete", ["update"]]],
};

const WIDTH: readonly Grant["may"][] = ["names", "read", "write"];
/** A person sees his own login, and gives it back. */
const LOGIN: readonly PolicyRule[] = [
  { path: "auth/token/lookup-self", capabilities: ["read"], why: "Seeing one's own login." },
  { path: "auth/token/revoke-self", capabilities: ["update"], why: "The login is given back once it was used." },
];

/** What the people of a team may do: write at its own place, what was granted elsewhere, and have SSH keys signed. */
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

/** The rule of one secret alone decides about it: without what its folder's says, a grant would take rights away. */
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
  const asked = [...(one.asked ?? []), ...(other.asked ?? [])];
  return {
    ...one,
    capabilities: [...capabilities].sort(),
    why: [...whys].join(" "),
    ...(asked.length > 0 && { asked }),
  };
}
