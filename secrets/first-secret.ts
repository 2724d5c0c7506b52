import { guestinfoChanges, guestinfoOf } from "./guestinfo";
import type { Guestinfo } from "./guestinfo";
import { mapConcurrently } from "../runtime/map-concurrently";
import { messageOf } from "../runtime/errors";
import type { PoolSeats } from "./pool-seats";
import { asksVault, standingOf } from "./first-secret-state";
import type { FirstSecretState } from "./first-secret-state";
import type { VaultRoles } from "./vault-roles";
import type { VcenterMachine } from "./vcenter/vcenter-client";

/** What is asked of vCenter. */
export interface Machines {
  /** @returns undefined where there is no such folder */
  machinesIn(folder: string): Promise<readonly VcenterMachine[] | undefined>;
  setExtraConfig(id: string, values: Readonly<Record<string, string>>): Promise<void>;
}

/** How first secrets are issued. */
export interface Issuing {
  readonly roles: VaultRoles;
  readonly machines: Machines;
  /** City id. */
  readonly city: string;
  /** URL of Vault as desktops reach it. */
  readonly vault: string;
  /** How long a machine has to log in with it, in seconds. */
  readonly seconds: number;
  /** Seats that get one whatever they had. */
  readonly again: ReadonlySet<string>;
  /** Once it aborts, no seat is begun any more. */
  readonly signal: AbortSignal;
  /** Called after each seat. @default - nobody is told */
  readonly onSeat?: (outcome: SeatOutcome) => void;
}

/** What became of a seat: it was issued a secret, or left alone as it stands, or it failed. */
export interface SeatOutcome {
  readonly seat: string;
  readonly result: "issued" | "failed" | Exclude<FirstSecretState, "none" | "forgotten">;
  /** What went wrong, or what has to be known; empty where nothing does. */
  readonly reason: string;
}

/** Seats at a time: Vault writes each secret id to its storage, and vCenter runs each change as a task. */
const AT_A_TIME = 8;
const MS = 1000;
const FORGOTTEN =
  "whether somebody else opened its last one, Vault does not know any more: its audit log tells, by the seat's name";

/**
 * Issues a first secret to every seat of a pool whose machine needs one. What fails for one seat stops no other.
 * @throws the signal's reason, once what was under way is done
 */
export async function issueFirstSecrets(pool: PoolSeats, issuing: Issuing): Promise<SeatOutcome[]> {
  const prepared = await prepare(pool, issuing).catch(messageOf);
  return mapConcurrently(pool.seats, AT_A_TIME, issuing.signal, async (seat) => {
    const outcome = await outcomeOf(seat, pool, prepared, issuing);
    issuing.onSeat?.(outcome);
    return outcome;
  });
}

/** What a pool's seats have in common. */
interface Prepared {
  readonly roleId: string;
  readonly machines: ReadonlyMap<string, VcenterMachine>;
}

async function prepare({ pool, folder }: PoolSeats, { roles, machines }: Issuing): Promise<Prepared> {
  const found = await machines.machinesIn(folder);
  if (found === undefined) throw new Error(`vCenter has no folder ${folder}`);
  return { roleId: await roles.roleId(pool), machines: new Map(found.map((machine) => [machine.name, machine])) };
}

/** @param prepared or why it could not be prepared */
async function outcomeOf(
  seat: string,
  { pool, account, domain, ssh }: PoolSeats,
  prepared: Prepared | string,
  issuing: Issuing,
): Promise<SeatOutcome> {
  const failed = (reason: string): SeatOutcome => ({ seat, result: "failed", reason });
  if (typeof prepared === "string") return failed(prepared);
  const machine = prepared.machines.get(seat);
  if (machine === undefined) return failed("vCenter has no such machine in the pool's folder");
  try {
    const before = guestinfoOf(machine.extraConfig);
    const standing = issuing.again.has(seat) ? "none" : await currentStanding(before, issuing);
    if (standing === "none" || standing === "forgotten") {
      await issue(machine, before, { pool, account, domain, ssh, roleId: prepared.roleId }, issuing);
      return { seat, result: "issued", reason: standing === "none" ? "" : FORGOTTEN };
    }
    const untold = await tellPrincipals(machine.id, before, ssh, issuing);
    if (standing === "alert") return { seat, result: standing, reason: alertText(before, untold) };
    return untold === "" ? { seat, result: standing, reason: "" } : failed(untold);
  } catch (error) {
    return failed(messageOf(error));
  }
}

async function currentStanding(info: Guestinfo, { roles }: Issuing): Promise<FirstSecretState> {
  const unopened = asksVault(info) && (await roles.isUnopened(info.wrapped));
  return standingOf(info, Date.now() / MS, unopened);
}

async function issue(
  { id, name }: VcenterMachine,
  before: Guestinfo,
  role: Pick<Guestinfo, "pool" | "account" | "domain" | "ssh" | "roleId">,
  { roles, machines, city, vault, seconds }: Issuing,
): Promise<void> {
  const { token, accessor, loginBy, expires } = await roles.issue(role.pool, name, seconds);
  const secret = { wrapped: token, accessor, loginBy: String(loginBy), expires: String(expires) };
  await machines.setExtraConfig(id, guestinfoChanges(before, { ...role, ...secret, city, vault, state: "" }));
}

/**
 * Whom a machine believes follows the city's file as long as it stands, an alert's machine too; it is no secret.
 * @returns why it could not be told; empty where it was, or knew
 */
async function tellPrincipals(id: string, before: Guestinfo, ssh: string, { machines }: Issuing): Promise<string> {
  const changes = guestinfoChanges(before, { ...before, ssh });
  if (Object.keys(changes).length === 0) return "";
  return machines.setExtraConfig(id, changes).then(() => "", messageOf);
}

/** @param untold why its machine was not told whom to believe; empty where it was */
function alertText({ accessor }: Guestinfo, untold: string): string {
  const text =
    "somebody else opened its first secret, or it has not said that it did: find the accessor " +
    `${accessor} in Vault's audit log, then issue anew with --again`;
  return untold === "" ? text : `${text}; its principals of SSH certificates were not written: ${untold}`;
}
