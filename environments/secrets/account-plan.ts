import type { AccountPlan } from "../../access/access-plan";
import { passwordPolicy, vaultPaths } from "../../access/vault-paths";
import type { City } from "../model/city";

const SECONDS_PER_HOUR = 3600;

/** The accounts whose passwords Vault manages; undefined where the city has none. */
export function accountPlan({ city, secrets }: City): AccountPlan | undefined {
  const { accounts, directory } = secrets;
  if (accounts === undefined || directory === undefined) return undefined;
  const { url, userDn, userDomain } = directory;
  return {
    mount: vaultPaths(city.id).directory,
    config: {
      binddn: accounts.manager,
      url,
      ...(userDomain === undefined
        ? { schema: "openldap", userattr: "cn" }
        : // By default the engine takes every distinguished name for a user principal name, and finds no account.
          { schema: "ad", userattr: "sAMAccountName" }),
      userdn: userDn,
      password_policy: passwordPolicy(city.id),
    },
    accounts: new Map(
      accounts.rotated.map(({ name, username, dn, rotateEveryHours }) => [
        name,
        { username, dn, rotation_period: rotateEveryHours * SECONDS_PER_HOUR },
      ]),
    ),
  };
}
