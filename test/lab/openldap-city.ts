import { readFileSync } from "node:fs";
import { applyOverlay, overlaySchema } from "../../environments/overlay";
import { accountPlan } from "../../environments/secrets/account-plan";
import { joinAccount, MANAGER, managerDn } from "../../lab/directory-entries";
import type { DirectoryServer } from "../../lab/directory-server";
import { initializeAccounts } from "../../secrets/accounts";
import { editCity } from "./test-lab";
import type { TestLab } from "./test-lab";

/** Domain of the directory that stands for Milan's. */
export const DOMAIN = "comune.milano.example";
/** Its base DN. */
export const BASE = "dc=comune,dc=milano,dc=example";

/** Where the account with which a pool joins the domain is in that directory. */
export function joinDn(pool: string): string {
  return `uid=${joinAccount(pool)},ou=services,${BASE}`;
}

/** Turns a copy of Milan's file into one of a city with an OpenLDAP: Debian's slapd stands for no Active Directory. */
export function useOpenLdap(environments: string): void {
  const edit = (from: string | RegExp, to: string): void => {
    editCity(environments, "milan", from, to);
  };
  edit(/ +userDomain: .*\n/, "");
  edit(/userDn: .*/, `userDn: "ou=people,${BASE}"`);
  edit(/groupDn: .*/, `groupDn: "ou=groups,${BASE}"`);
  edit(/manager: "CN=.*/, `manager: "${managerDn(BASE)}"`);
  for (const [, pool = ""] of [
    "anagrafe",
    "educazione",
    "tecnica",
    "polizia-locale",
    "smart-working",
    "sala-operativa",
  ].entries()) {
    const account = new RegExp(`(name: join-${pool}\\n +username: ).*(\\n +dn: ).*`);
    edit(account, `$1${joinAccount(pool)}$2"${joinDn(pool)}"`);
  }
}

/** Puts Milan's accounts in place: Vault then makes and changes their passwords, the manager's too. */
export async function handOver(lab: TestLab, directory: DirectoryServer): Promise<void> {
  const { session } = lab;
  const overlay = overlaySchema.parse(JSON.parse(readFileSync(session.paths.overlay, "utf8")));
  const plan = accountPlan(applyOverlay(lab.city("milan"), overlay));
  if (plan === undefined) throw new Error("Milan has no accounts");
  const handover = { password: () => directory.account(MANAGER).password, again: false };
  const failed = (await initializeAccounts(plan, session.vault, handover, new AbortController().signal)).filter(
    ({ result }) => result === "failed",
  );
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
}
