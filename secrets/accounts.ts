import { z } from "zod";
import type { AccountPlan, StaticRole } from "../access/access-plan";
import { mapConcurrently } from "../runtime/map-concurrently";
import { messageOf } from "../runtime/errors";
import { outcomeOf } from "./vault-access";
import type { Outcome, Status, VaultAccess } from "./vault-access";

const config = z.object({ data: z.record(z.string(), z.unknown()) });
const role = z.object({
  data: z.object({
    username: z.string(),
    dn: z.string(),
    rotation_period: z.number(),
    last_vault_rotation: z.string(),
  }),
});

/** Vault rotates passwords from time to time, not to the second; later than this multiple of the period is overdue. */
const LATE = 1.1;
const MS = 1000;

/** How Vault takes over the directory manager's login. */
export interface Handover {
  /** The manager's password, used once: Vault rotates it immediately. */
  readonly password: () => string;
  /**
   * Whether the login is written again though Vault has one, because the directory refuses that one or somebody changed
   * it.
   */
  readonly again: boolean;
}

/**
 * Gives Vault the directory's login and creates the accounts, each with a password that Vault generates and nobody
 * sees. Safe to repeat: what is as declared is left alone.
 * @throws the signal's reason once it aborts, after running requests are done
 */
export async function initializeAccounts(
  plan: AccountPlan,
  vault: VaultAccess,
  handover: Handover,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const engine = await outcomeOf("directory", () => initializeEngine(plan, vault, handover));
  if (engine.result === "failed") return [engine];
  const accounts = await mapConcurrently([...plan.accounts], 1, signal, ([name, wanted]) =>
    outcomeOf(`account ${name}`, () => initializeAccount(plan.mount, name, wanted, vault)),
  );
  return [engine, ...accounts];
}

/**
 * Rotates the passwords of accounts now. @throws the signal's reason once it aborts, after running requests are done
 */
export function rotateAccounts(
  mount: string,
  names: readonly string[],
  vault: VaultAccess,
  signal: AbortSignal,
): Promise<Outcome[]> {
  return mapConcurrently(names, 1, signal, (name) =>
    outcomeOf(`account ${name}`, async () => {
      await vault.post(`${mount}/rotate-role/${name}`);
      return "changed";
    }),
  );
}

/** The state of the directory and its accounts. @param now decides what is overdue */
export async function accountsStatus(plan: AccountPlan, vault: VaultAccess, now: Date): Promise<Status[]> {
  const current = await readConfig(plan.mount, vault);
  const engine: Status = { what: "directory", state: engineState(plan, current), since: "" };
  const there = await vault.list(`${plan.mount}/static-role`);
  const planned = [...plan.accounts].map(([name, wanted]) => accountStatus(plan.mount, name, wanted, vault, now));
  const surplus = there
    .filter((name) => !plan.accounts.has(name))
    .map((name): Status => ({ what: `account ${name}`, state: "surplus", since: "" }));
  return [engine, ...(await Promise.all(planned)), ...surplus];
}

async function initializeEngine(
  { mount, config: wanted }: AccountPlan,
  vault: VaultAccess,
  { password, again }: Handover,
): Promise<"made" | "changed" | "there"> {
  const current = await readConfig(mount, vault);
  if (!again && current?.binddn === wanted.binddn) {
    if (!isAs(current, wanted)) await vault.post(`${mount}/config`, wanted);
    if (!isRotated(current)) await rotateManager(mount, vault);
    return isRotated(current) && isAs(current, wanted) ? "there" : "changed";
  }
  await vault.post(`${mount}/config`, { ...wanted, bindpass: password() });
  await rotateManager(mount, vault);
  return current === undefined ? "made" : "changed";
}

/** On a failure Vault's configuration stays: the directory may have taken the new password all the same. */
async function rotateManager(mount: string, vault: VaultAccess): Promise<void> {
  try {
    await vault.post(`${mount}/rotate-root`);
  } catch (error) {
    const text = "Vault could not change the manager's password; hand it over with --manager";
    throw new Error(`${text}: ${messageOf(error)}`, { cause: error });
  }
}

async function initializeAccount(
  mount: string,
  name: string,
  wanted: StaticRole,
  vault: VaultAccess,
): Promise<"made" | "changed" | "there"> {
  const path = `${mount}/static-role/${name}`;
  const current = await vault.get(path);
  if (current !== undefined && isAs(role.parse(current).data, wanted)) return "there";
  await vault.post(path, wanted);
  return current === undefined ? "made" : "changed";
}

async function accountStatus(
  mount: string,
  name: string,
  wanted: StaticRole,
  vault: VaultAccess,
  now: Date,
): Promise<Status> {
  const what = `account ${name}`;
  const answer = await vault.get(`${mount}/static-role/${name}`);
  if (answer === undefined) return { what, state: "missing", since: "" };
  const current = role.parse(answer).data;
  const since = current.last_vault_rotation;
  if (!isAs(current, wanted)) return { what, state: "different", since };
  const age = (now.getTime() - Date.parse(since)) / MS;
  return { what, state: age > wanted.rotation_period * LATE ? "unrotated" : "right", since };
}

async function readConfig(mount: string, vault: VaultAccess): Promise<Record<string, unknown> | undefined> {
  const answer = await vault.get(`${mount}/config`);
  return answer === undefined ? undefined : config.parse(answer).data;
}

/** Whether Vault has rotated the manager's password since it was written. */
function isRotated(current: Readonly<Record<string, unknown>>): boolean {
  return typeof current.last_bind_password_rotation === "string";
}

function engineState(plan: AccountPlan, current: Record<string, unknown> | undefined): Status["state"] {
  if (current === undefined) return "missing";
  if (!isRotated(current)) return "unrotated";
  return isAs(current, plan.config) ? "right" : "different";
}

function isAs(current: Readonly<Record<string, unknown>>, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => current[key] === value);
}
