import { guestinfoChanges, guestinfoOf } from "./guestinfo";
import type { Guestinfo } from "./guestinfo";
import { mapConcurrently } from "../runtime/map-concurrently";
import { messageOf } from "../runtime/errors";
import type { PoolSeats } from "./pool-seats";
import { asksVault, standingOf } from "./first-secret-state";
import type { FirstSecretState } from "./first-secret-state";
import type { VaultRoles } from "./vault-roles";
import type { VcenterMachine } from "../vcenter/vcenter-client";

/** The vCenter operations that issuing needs. */
export interface Machines {
  /** @returns undefined where the folder does not exist */
  machinesIn(folder: string): Promise<readonly VcenterMachine[] | undefined>;
  setExtraConfig(id: string, values: Readonly<Record<string, string>>): Promise<void>;
}

/** Options of issuing first secrets. */
export interface Issuing {
  readonly roles: VaultRoles;
  readonly machines: Machines;
  /** City id. */
  readonly city: string;
  /** URL of Vault as desktops reach it. */
  readonly vault: string;
  /** How long a machine can log in with it, in seconds. */
  readonly seconds: number;
  /** Seats that get a new one in any state. */
  readonly again: ReadonlySet<string>;
  /** After an abort no further seat is started. */
  readonly signal: AbortSignal;
  /** Called after each seat. @default - none */
  readonly onSeat?: (outcome: SeatOutcome) => void;
}

/** Result for a seat: it got a secret, its guest is still being customized, it was left alone in its state, or it failed. */
export interface SeatOutcome {
  readonly seat: string;
  readonly result: "issued" | "failed" | "customizing" | Exclude<FirstSecretState, "none" | "forgotten">;
  /** Why it failed, or what an administrator has to know; otherwise empty. */
  readonly reason: string;
}

/** Seats at a time: Vault stores each secret id, and vCenter runs each change as a task. */
const AT_A_TIME = 8;
const MS = 1000;
/** Values of GuestInfoCustomizationStatus. */
const [CUSTOMIZED, NOT_CUSTOMIZED] = ["TOOLSDEPLOYPKG_SUCCEEDED", "TOOLSDEPLOYPKG_FAILED"];
const UNDER_WAY: readonly string[] = ["TOOLSDEPLOYPKG_PENDING", "TOOLSDEPLOYPKG_RUNNING"];
const UNTOLD =
  "vCenter does not say that its guest was customized, though its image asks for it: look whether it has its seat's name, " +
  "then issue with --again";
const FORGOTTEN =
  "whether somebody else opened its last one, Vault does not know any more: its audit log tells, by the seat's name";

/**
 * Issues a first secret to every seat of a pool whose machine needs one. A failure for one seat does not stop the
 * others.
 * @throws the signal's reason, once running work is done
 */
export async function issueFirstSecrets(pool: PoolSeats, issuing: Issuing): Promise<SeatOutcome[]> {
  const prepared = await prepare(pool, issuing).catch(messageOf);
  return mapConcurrently(pool.seats, AT_A_TIME, issuing.signal, async (seat) => {
    const outcome = await outcomeOf(seat, pool, prepared, issuing);
    issuing.onSeat?.(outcome);
    return outcome;
  });
}

/** What all seats of a pool share. */
interface Prepared {
  readonly roleId: string;
  readonly machines: ReadonlyMap<string, VcenterMachine>;
}

async function prepare({ pool, folder }: PoolSeats, { roles, machines }: Issuing): Promise<Prepared> {
  const found = await machines.machinesIn(folder);
  if (found === undefined) throw new Error(`vCenter has no folder ${folder}`);
  return { roleId: await roles.roleId(pool), machines: new Map(found.map((machine) => [machine.name, machine])) };
}

/** @param prepared or the reason why the pool could not be prepared */
async function outcomeOf(
  seat: string,
  { customized, pool, account, domain, unit, ssh, holders }: PoolSeats,
  prepared: Prepared | string,
  issuing: Issuing,
): Promise<SeatOutcome> {
  const failed = (reason: string): SeatOutcome => ({ seat, result: "failed", reason });
  if (typeof prepared === "string") return failed(prepared);
  const machine = prepared.machines.get(seat);
  if (machine === undefined) return failed("vCenter has no such machine in the pool's folder");
  const told: Told = { ssh, holder: holders.get(seat) ?? "" };
  try {
    const before = guestinfoOf(machine.extraConfig);
    const standing = issuing.again.has(seat) ? "none" : await currentStanding(machine, before, issuing);
    if (standing === "none" || standing === "forgotten") {
      const unready = issuing.again.has(seat) ? undefined : notCustomized(machine, customized);
      if (unready !== undefined) return { seat, ...unready };
      await issue(machine, before, { pool, account, domain, unit, ...told, roleId: prepared.roleId }, issuing);
      return { seat, result: "issued", reason: standing === "none" ? "" : FORGOTTEN };
    }
    const untold = await tell(machine.id, before, told, issuing);
    if (standing === "alert") return { seat, result: standing, reason: alertText(before, untold) };
    return untold === "" ? { seat, result: standing, reason: "" } : failed(untold);
  } catch (error) {
    return failed(messageOf(error));
  }
}

/**
 * Why a machine gets no first secret yet: it would join under its template's name, or before Sysprep makes it a member of
 * a workgroup again. @returns undefined where it is customized, or needs not be
 */
function notCustomized(
  { name, customization }: VcenterMachine,
  customized: PoolSeats["customized"],
): Pick<SeatOutcome, "result" | "reason"> | undefined {
  if (!customized.has(name)) return undefined;
  const { status = "", error = "" } = customization ?? {};
  if (status === CUSTOMIZED) return undefined;
  if (UNDER_WAY.includes(status)) return { result: "customizing", reason: "" };
  if (status === NOT_CUSTOMIZED) {
    return {
      result: "failed",
      reason: `its customization failed: ${error}; replace its machine, or mend its guest and issue with --again`,
    };
  }
  return { result: "failed", reason: UNTOLD };
}

async function currentStanding(
  { isOn, started }: VcenterMachine,
  info: Guestinfo,
  { roles }: Issuing,
): Promise<FirstSecretState> {
  const unopened = asksVault(info) && (await roles.isUnopened(info.wrapped));
  // One that is on and of which vCenter does not say since when runs for long.
  return standingOf(info, Date.now() / MS, unopened, isOn ? (started ?? 0) : undefined);
}

async function issue(
  { id, name }: VcenterMachine,
  before: Guestinfo,
  role: Pick<Guestinfo, "pool" | "account" | "domain" | "unit" | "roleId"> & Told,
  { roles, machines, city, vault, seconds }: Issuing,
): Promise<void> {
  const { token, accessor, loginBy, expires } = await roles.issue(role.pool, name, seconds);
  const secret = { wrapped: token, accessor, loginBy: String(loginBy), expires: String(expires) };
  await machines.setExtraConfig(
    id,
    guestinfoChanges(before, { ...role, ...secret, seat: name, city, vault, state: "" }),
  );
}

/** What a machine is told of who may log in to it. */
type Told = Pick<Guestinfo, "ssh" | "holder">;

/**
 * Writes the trusted SSH principals and the seat's holder to a machine as the city's file has them, in any state, also on an
 * alert; they are no secret.
 * @returns the reason of a failure; empty where they are written or were there
 */
async function tell(id: string, before: Guestinfo, told: Told, { machines }: Issuing): Promise<string> {
  const changes = guestinfoChanges(before, { ...before, ...told });
  if (Object.keys(changes).length === 0) return "";
  return machines.setExtraConfig(id, changes).then(() => "", messageOf);
}

/** @param untold why who may log in could not be written; empty where they were */
function alertText({ accessor }: Guestinfo, untold: string): string {
  const text =
    "somebody else opened its first secret, or it has not said that it did: find the accessor " +
    `${accessor} in Vault's audit log, then issue anew with --again`;
  return untold === "" ? text : `${text}; who may log in to it was not written: ${untold}`;
}
