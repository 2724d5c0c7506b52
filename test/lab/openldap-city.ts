import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOverlay } from "../../environments/load-overlay";
import { applyOverlay } from "../../environments/overlay";
import { accountPlan } from "../../environments/secrets/account-plan";
import { joinAccount, MANAGER, managerDn } from "../../lab/directory-entries";
import type { DirectoryUser } from "../../lab/directory-entries";
import { startDirectory } from "../../lab/directory-server";
import type { DirectoryServer } from "../../lab/directory-server";
import { Redactor } from "../../runtime/redactor";
import { initializeAccounts } from "../../secrets/accounts";
import { editCity, TestLab } from "./test-lab";

/** Domain of the directory that stands for Milan's. */
export const DOMAIN = "comune.milano.example";
/** Its base DN. */
export const BASE = "dc=comune,dc=milano,dc=example";

/** Where the account with which a pool joins the domain is in that directory. */
export function joinDn(pool: string): string {
  return `uid=${joinAccount(pool)},ou=services,${BASE}`;
}

/** Milan's pools, each of which joins its domain with an account of its own. */
export const POOLS = ["anagrafe", "educazione", "tecnica", "polizia-locale", "smart-working", "sala-operativa"];

/** A lab in which a real directory stands for Milan's. */
export interface OpenLdapLab {
  readonly lab: TestLab;
  readonly directory: DirectoryServer;
  /** Ends both, and leaves nothing of the directory's. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts one.
 * @param seats how many of a pool are deployed
 * @param users who is in the directory beside its accounts
 * @param prepare changes the copies of the cities' files before anything else does
 */
export async function startOpenLdapLab(
  seats: number,
  users: readonly DirectoryUser[] = [],
  prepare: (environments: string) => void = () => undefined,
): Promise<OpenLdapLab> {
  const folder = mkdtempSync(join(tmpdir(), "openldap-lab-"));
  const prepared = (environments: string): void => {
    prepare(environments);
    useOpenLdap(environments);
  };
  const redactor = new Redactor();
  const directory = await startDirectory({ folder, redactor, domain: DOMAIN, pools: POOLS, users });
  const lab = await TestLab.start(seats, prepared, { milan: directory.url });
  const stop = async (): Promise<void> => {
    await lab.stop();
    await directory.stop();
    rmSync(folder, { recursive: true });
  };
  return { lab, directory, stop };
}

/** Turns a copy of Milan's file into one of a city with an OpenLDAP: Debian's slapd stands for no Active Directory. */
export function useOpenLdap(environments: string): void {
  const edit = (from: string | RegExp, to: string): void => {
    editCity(environments, "milan", from, to);
  };
  // A line in its place, so that what is told of lines is told of the file's own.
  edit(/ +userDomain: .*\n/, "    # an OpenLDAP knows no such domain\n");
  edit(/userDn: .*/, `userDn: "ou=people,${BASE}"`);
  edit(/groupDn: .*/, `groupDn: "ou=groups,${BASE}"`);
  edit(/manager: "CN=.*/, `manager: "${managerDn(BASE)}"`);
  for (const pool of POOLS) {
    const account = new RegExp(`(name: join-${pool}\\n +username: ).*(\\n +dn: ).*`);
    edit(account, `$1${joinAccount(pool)}$2"${joinDn(pool)}"`);
  }
}

/** Puts Milan's accounts in place: Vault then makes and changes their passwords, the manager's too. */
export async function handOver(lab: TestLab, directory: DirectoryServer): Promise<void> {
  const { session } = lab;
  const plan = accountPlan(applyOverlay(lab.city("milan"), loadOverlay(session.paths.overlay)));
  if (plan === undefined) throw new Error("Milan has no accounts");
  const handover = { password: () => directory.account(MANAGER).password, again: false };
  const failed = (await initializeAccounts(plan, session.vault, handover, new AbortController().signal)).filter(
    ({ result }) => result === "failed",
  );
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
}
