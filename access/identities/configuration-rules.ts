import type { AccessPlan } from "../access-plan";
import { CI_ROLES } from "../ci-environments";
import type { Capability, PolicyRule } from "../policy";
import { passwordPolicy, quotaName, vaultPaths } from "../vault-paths";
import { sshKeyRule } from "./ssh-rules";
import { stateKeyKeepingRules } from "./state-key-rules";

/** Of most kinds of things, of which Vault (as OpenBao 2.6.1) does not tell making from changing: both are an update. */
const KEEP: readonly Capability[] = ["read", "update", "delete"];
/** Of the kinds that it looks for first, and so tells making from changing. */
const MAKE_AND_KEEP: readonly Capability[] = ["create", ...KEEP];
/** Of what comes and goes with its mount, and of what is never removed. */
const SET: readonly Capability[] = ["read", "update"];
/** Of what is only looked at. */
export const READ: readonly Capability[] = ["read"];

/** Kinds of things that come and go with the city's file. */
export type KeptKind = "policies" | "machines" | "certificates" | "ssh";

/** Things of one kind, each with a name that the city's file gives. */
export interface Kept {
  readonly kind: KeptKind;
  /** What their paths begin with; the name follows. */
  readonly below: string;
  /** The pattern of their names. */
  readonly any: string;
  /** What keeping one needs. */
  readonly capabilities: readonly Capability[];
  readonly why: string;
}

/** What comes and goes with the city's file. */
export function keptKinds(city: string): Kept[] {
  const { pki, appRole, ssh } = vaultPaths(city);
  const kept = (kind: KeptKind, below: string, any: string, why: string): Kept => ({
    ...{ kind, below, any, why },
    capabilities: kind === "machines" ? MAKE_AND_KEEP : KEEP,
  });
  return [
    kept("policies", "sys/policies/acl/", `${city}-*`, "The city's policies."),
    kept("machines", `auth/${appRole}/role/`, "+", "The pools' roles."),
    kept("certificates", `${pki}/roles/`, "+", "What certificates may be issued."),
    kept("ssh", `${ssh}/roles/`, "+", "For which logins keys are signed."),
  ];
}

/** Whose configuration it is, and whether it has quotas. */
export type Configured = Pick<AccessPlan, "city" | "quotas">;

/** What of the city's configuration has the same names whatever its file says. No store of secrets is unmounted by it. */
export function configuration({ city, quotas }: Configured): PolicyRule[] {
  const { appRole, ci } = vaultPaths(city);
  return [
    ...storeRules(city),
    { path: `sys/policies/password/${passwordPolicy(city)}`, capabilities: KEEP, why: "How passwords are made." },
    { path: `sys/mounts/auth/${city}/*`, capabilities: SET, why: "Settings of the city's login methods." },
    ...(quotas ? quotaRules(city) : []),
    { path: `auth/${appRole}/role/+/role-id`, capabilities: READ, why: "A role's public id." },
    { path: `auth/${ci}/config`, capabilities: SET, why: "How CI's tokens are checked." },
    ...CI_ROLES.map((role) => ({ path: `auth/${ci}/role/${role}`, capabilities: MAKE_AND_KEEP, why: "CI's roles." })),
    ...peopleRules(city),
    ...stateKeyKeepingRules(city),
  ];
}

function quotaRules(city: string): PolicyRule[] {
  const places = Object.values<string>({ ...vaultPaths(city) }).map((path) => path.slice(`${city}/`.length));
  return places.map((place) => ({
    path: `sys/quotas/rate-limit/${quotaName(city, place)}`,
    capabilities: KEEP,
    why: "How much one client may ask.",
  }));
}

/** Whoever unmounts a store loses all that is in it, so an administrator of Vault does. */
function storeRules(city: string): PolicyRule[] {
  const { keyValue, pki, directory, ssh, transit } = vaultPaths(city);
  return [
    ...[keyValue, pki, directory, ssh, transit].flatMap((store): PolicyRule[] => [
      { path: `sys/mounts/${store}`, capabilities: SET, why: "The city's secret stores; provider 5.6.0 reads each." },
      { path: `sys/mounts/${store}/tune`, capabilities: ["update"], why: "Settings of the city's secret stores." },
    ]),
    { path: `${keyValue}/config`, capabilities: SET, why: "How many versions are kept, and how long." },
    { path: `${pki}/config/urls`, capabilities: SET, why: "Addresses in certificates." },
    { path: `${pki}/config/crl`, capabilities: SET, why: "How long revocation lists live." },
    { path: `${pki}/config/auto-tidy`, capabilities: SET, why: "When certificates that ended are forgotten." },
    sshKeyRule(city),
  ];
}

/** A group's name is the directory's, and may have signs that a policy takes for a pattern: so any group, of these methods. */
function peopleRules(city: string): PolicyRule[] {
  const { people, breakGlass } = vaultPaths(city);
  return [people, breakGlass].flatMap((method) => [
    { path: `auth/${method}/config`, capabilities: SET, why: "How people's logins are checked." },
    { path: `auth/${method}/groups/+`, capabilities: KEEP, why: "The directory's groups and their policies." },
  ]);
}
