import type { DirectoryClient } from "./directory-client";
import type { DomainPlan } from "./domain-plan";

/** Microsoft, "Windows LAPS schema extensions reference": where a computer keeps its password, and when it is to change it. */
export const PASSWORD = "msLAPS-EncryptedPassword";
/** @see PASSWORD */
export const PASSWORD_EXPIRY = "msLAPS-PasswordExpirationTime";

/** A desktop whose local administrator's password is not as the file declares it. */
export interface AdministratorState {
  /** Name of its seat. */
  readonly seat: string;
  /** When it should have been rotated. @default - the directory has none */
  readonly due?: Date;
}

/** MS-DTYP, 2.3.3 FILETIME: steps of 100 ns since 1601-01-01, which was so many milliseconds before 1970. */
const [STEPS_A_MS, MS_BEFORE_1970] = [10_000n, 11_644_473_600_000n] as const;

/**
 * Desktops that are to have a local administrator of their own, whose computer's account is there and has no password, or one
 * that should have been rotated. A machine that is switched off rotates none. No password is read.
 */
export async function administratorStates(
  { units, administrators }: DomainPlan,
  directory: Pick<DirectoryClient, "search">,
  now: Date,
): Promise<AdministratorState[]> {
  if (administrators.size === 0) return [];
  const found: AdministratorState[] = [];
  for (const unit of units) {
    const computers = await directory.search(unit, "(objectClass=computer)", ["cn", PASSWORD_EXPIRY]);
    for (const { values } of computers ?? []) {
      const [seat, due] = [(values.cn ?? "").toLowerCase(), dateOf(values[PASSWORD_EXPIRY] ?? "")];
      const wanted = administrators.has(seat) && !found.some((one) => one.seat === seat);
      if (wanted && (due === undefined || due < now)) found.push({ seat, ...(due && { due }) });
    }
  }
  return found.sort((one, other) => (one.seat < other.seat ? -1 : 1));
}

function dateOf(fileTime: string): Date | undefined {
  if (!/^[1-9]\d*$/.test(fileTime)) return undefined;
  return new Date(Number(BigInt(fileTime) / STEPS_A_MS - MS_BEFORE_1970));
}
