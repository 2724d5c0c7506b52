import { joinAccount, managerDn } from "../../lab/directory-entries";
import { editCity } from "./test-lab";

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
