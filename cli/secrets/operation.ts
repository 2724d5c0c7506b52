import { z } from "zod";
import { vaultPaths, passwordPolicy } from "../../access/vault-paths";
import { listed, quoted } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { authorityPlan } from "../../environments/secrets/authority-plan";
import { accountPlan } from "../../environments/secrets/account-plan";
import { CommandError, InputError } from "../../runtime/errors";
import { vaultClient } from "../vault-client";
import { accountsStatus, initializeAccounts, rotateAccounts } from "../../secrets/accounts";
import { authorityStatus } from "../../secrets/authority/authority";
import { auditStatus } from "../../secrets/audit";
import { initializeValues, valuesStatus } from "../../secrets/first-values";
import type { ValueStore } from "../../secrets/first-values";
import { RetryingVault } from "../../secrets/retrying-vault";
import type { Vault } from "../../secrets/retrying-vault";
import type { VaultReadings } from "../../metrics/secrets-state";
import type { Outcome, Status } from "../../secrets/vault-access";

const lookedUp = z.object({ data: z.object({ expire_time: z.string().nullish() }) });
const MS = 1000;
const MANAGER_PASSWORD = "POSTAZIONI_MANAGER_PASSWORD";

/**
 * Creates everything that the file declares and Vault does not have yet.
 * @param again whether the directory manager's login is written again though Vault has one
 */
export async function initialize(city: City, again: boolean, signal: AbortSignal): Promise<Outcome[]> {
  const vault = vaultOf(city, signal);
  const plan = accountPlan(city);
  const accounts =
    plan === undefined ? [] : await initializeAccounts(plan, vault, { password: managerPassword, again }, signal);
  return [...accounts, ...(await initializeValues(storeOf(city), city.secrets.values, vault, signal))];
}

/** The state of everything that the file declares, and whether Vault has an audit device. */
export async function status(city: City, signal: AbortSignal): Promise<Status[]> {
  const vault = vaultOf(city, signal);
  const now = new Date();
  const plan = accountPlan(city);
  const accounts = plan === undefined ? [] : await accountsStatus(plan, vault, now);
  const authority = authorityPlan(city);
  const standing = authority === undefined ? [] : [await authorityStatus(authority, vault, now)];
  const values = await valuesStatus(storeOf(city), city.secrets.values, vault, now);
  // A namespace does not know the server's audit devices.
  const audit = city.platform.vault?.namespace === undefined ? [await auditStatus(vault)] : [];
  return [...audit, ...standing, ...accounts, ...values];
}

/** The statuses with what else metrics are made of: rotation periods, and the end of the token that asks. */
export async function vaultReadings(
  city: City,
  statuses: readonly Status[],
  signal: AbortSignal,
): Promise<VaultReadings> {
  // A login that may not look itself up still tells the rest.
  const looked = await vaultOf(city, signal)
    .get("auth/token/lookup-self")
    .catch(() => undefined);
  const answer = lookedUp.safeParse(looked);
  const periods = new Map(
    [...(accountPlan(city)?.accounts ?? [])].map(([name, wanted]) => [name, wanted.rotation_period]),
  );
  const tokenEnds = answer.data?.data.expire_time;
  return { statuses, periods, tokenEnds: typeof tokenEnds === "string" ? Date.parse(tokenEnds) / MS : undefined };
}

/**
 * Rotates the passwords of the named accounts, or of all. @throws InputError for an account that the file does not
 * declare
 */
export async function rotate(city: City, names: readonly string[], signal: AbortSignal): Promise<Outcome[]> {
  const plan = accountPlan(city);
  const known = [...(plan?.accounts.keys() ?? [])];
  const unknown = names.filter((name) => !known.includes(name));
  if (plan === undefined || unknown.length > 0) {
    const which = unknown.length > 0 ? `no account ${unknown.map(quoted).join(", ")}` : "no accounts";
    throw new InputError(`${city.city.id} has ${which}: secrets.accounts has ${listed(known) || "none"}`);
  }
  return rotateAccounts(plan.mount, names.length > 0 ? names : known, vaultOf(city, signal), signal);
}

/** Vault with the login of the environment. @throws InputError where there is none */
export function vaultOf(city: City, signal: AbortSignal): Vault {
  const token = process.env.VAULT_TOKEN;
  if (token === undefined || token === "") throw new InputError("VAULT_TOKEN is not set: log in to Vault first");
  return new RetryingVault(vaultClient(city, token), signal);
}

function storeOf({ city }: City): ValueStore {
  return { mount: vaultPaths(city.id).keyValue, policy: passwordPolicy(city.id) };
}

/** Given in the environment for one run; everybody on the machine can read arguments. */
function managerPassword(): string {
  const password = process.env[MANAGER_PASSWORD];
  if (password !== undefined && password !== "") return password;
  throw new CommandError(
    `Vault needs the manager's password: set ${MANAGER_PASSWORD} for this run; Vault rotates it at once`,
  );
}
