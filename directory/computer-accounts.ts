import { mapConcurrently } from "../runtime/map-concurrently";
import { messageOf } from "../runtime/errors";
import type { DirectoryClient, DirectoryEntry } from "./directory-client";
import type { DomainPlan } from "./domain-plan";

/** The directory's operations that accounts need. */
export type Directory = Pick<DirectoryClient, "search" | "replace" | "delete">;

/** The account of a computer whose seat has no machine any more. */
export interface SurplusAccount {
  /** Name of the seat. */
  readonly seat: string;
  /** Its distinguished name. */
  readonly dn: string;
  /** Whether it can log in. */
  readonly enabled: boolean;
  /** Its flags, `userAccountControl`. */
  readonly control: number;
  /** Distinguished names of its records in the directory's DNS. */
  readonly records: readonly string[];
}

/** What became of an account. */
export interface AccountOutcome {
  readonly seat: string;
  readonly result: "enabled" | "disabled" | "removed" | "failed";
  /** Why it failed; otherwise empty. */
  readonly reason: string;
}

/** Microsoft, "UserAccountControl property flags": ACCOUNTDISABLE. */
const DISABLED = 2;
const COMPUTERS = "(objectClass=computer)";
const AT_A_TIME = 4;
/** Partitions in which Active Directory keeps a zone: of the domain's DNS servers, or of the forest's. */
const PARTITIONS = ["DomainDnsZones", "ForestDnsZones"];

/**
 * The computers in the pools' units that have a seat's name of this city, and whose seat has no machine: retired ones,
 * those of decommissioned pools, and those of an emergency that is over. Other computers are not looked at.
 */
export async function surplusAccounts(plan: DomainPlan, directory: Directory): Promise<SurplusAccount[]> {
  const found: SurplusAccount[] = [];
  for (const unit of plan.units) {
    const computers = await directory.search(unit, COMPUTERS, ["cn", "userAccountControl"]);
    for (const computer of computers ?? []) {
      const seat = (computer.values.cn ?? "").toLowerCase();
      if (!plan.seatForm.test(seat) || plan.seats.has(seat) || found.some(({ dn }) => dn === computer.dn)) continue;
      found.push(await accountOf(seat, computer, plan, directory));
    }
  }
  return found.sort((one, other) => (one.seat < other.seat ? -1 : 1));
}

/** Takes away the accounts' logins and their names in DNS; the accounts stay, and can be enabled again. */
export function disableAccounts(
  accounts: readonly SurplusAccount[],
  directory: Directory,
  signal: AbortSignal,
): Promise<AccountOutcome[]> {
  return eachOf(accounts, signal, async ({ dn, enabled, control, records }) => {
    if (enabled) await directory.replace(dn, "userAccountControl", String(control | DISABLED));
    for (const record of records) await directory.delete(record);
    return "disabled";
  });
}

/** Removes the accounts that are disabled already, with their names in DNS. The others are left, as `enabled`. */
export function removeAccounts(
  accounts: readonly SurplusAccount[],
  directory: Directory,
  signal: AbortSignal,
): Promise<AccountOutcome[]> {
  return eachOf(accounts, signal, async ({ dn, enabled, records }) => {
    if (enabled) return "enabled";
    for (const record of records) await directory.delete(record);
    await directory.delete(dn);
    return "removed";
  });
}

function eachOf(
  accounts: readonly SurplusAccount[],
  signal: AbortSignal,
  work: (account: SurplusAccount) => Promise<AccountOutcome["result"]>,
): Promise<AccountOutcome[]> {
  return mapConcurrently(accounts, AT_A_TIME, signal, async (account) => {
    try {
      return { seat: account.seat, result: await work(account), reason: "" };
    } catch (error) {
      return { seat: account.seat, result: "failed", reason: messageOf(error) };
    }
  });
}

async function accountOf(
  seat: string,
  { dn, values }: DirectoryEntry,
  { domain, base }: DomainPlan,
  directory: Directory,
): Promise<SurplusAccount> {
  const control = Number(values.userAccountControl ?? "0");
  const records = await Promise.all(
    PARTITIONS.map((partition) => {
      const zone = `DC=${domain},CN=MicrosoftDNS,DC=${partition},${base}`;
      return directory.search(zone, `(&(objectClass=dnsNode)(name=${seat}))`, ["name"], "one");
    }),
  );
  return {
    ...{ seat, dn, control, enabled: (control & DISABLED) === 0 },
    records: records.flatMap((nodes) => (nodes ?? []).map((node) => node.dn)),
  };
}
