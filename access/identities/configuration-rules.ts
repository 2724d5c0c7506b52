import type { AccessPlan } from "../access-plan";
import { CI_ROLES } from "../ci-environments";
import type { Capability, PolicyRule } from "../policy";
import { passwordPolicy, quotaName, vaultPaths } from "../vault-paths";
import { sshKeyRule } from "./ssh-rules";
import { stateKeyKeepingRules } from "./state-key-rules";

/** For most kinds Vault (as OpenBao 2.6.1) does not distinguish creating from changing: both are an update. */
const KEEP: readonly Capability[] = ["read", "update", "delete"];
/** For the kinds whose existence Vault checks first, so that creating differs from changing. */
const MAKE_AND_KEEP: readonly Capability[] = ["create", ...KEEP];
/** For what comes and goes with its mount, and what is never removed. */
const SET: readonly Capability[] = ["read", "update"];
/** Of what is only looked at. */
export const READ: readonly Capability[] = ["read"];

/** Kinds of resources that depend on the city's file. */
export type KeptKind = "policies" | "machines" | "certificates" | "ssh";

/** Resources of one kind, named by the city's file. */
export interface Kept {
  readonly kind: KeptKind;
  /** Their path up to the name. */
  readonly below: string;
  /** The pattern of their names. */
  readonly any: string;
  /** The capabilities that managing one takes. */
  readonly capabilities: readonly Capability[];
  readonly why: string;
}

/** The resources that depend on the city's file, by kind. */
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

/** The city of the configuration, and whether it has quotas. */
export type Configured = Pick<AccessPlan, "city" | "quotas">;

/**
 * Rules for the part of a city's configuration whose names do not depend on the file. They unmount no store of secrets.
 */
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

/** Unmounting a store deletes everything in it, so that is left to an administrator of Vault. */
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

/**
 * A group's name comes from the directory and may contain a policy's pattern characters: so the rule allows any group
 * of these methods.
 */
function peopleRules(city: string): PolicyRule[] {
  const { people, breakGlass } = vaultPaths(city);
  return [people, breakGlass].flatMap((method) => [
    { path: `auth/${method}/config`, capabilities: SET, why: "How people's logins are checked." },
    { path: `auth/${method}/groups/+`, capabilities: KEEP, why: "The directory's groups and their policies." },
  ]);
}
