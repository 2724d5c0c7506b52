import { passwordPolicy, vaultPaths } from "../../access/vault-paths";
import type { City } from "../model/city";

/** What Vault is told of the directory and of the accounts whose passwords it makes. */
export interface AccountPlan {
  /** Mount of the directory engine. */
  readonly mount: string;
  /** Settings of the mount, as Vault's API has them; without the manager's password. */
  readonly config: Readonly<Record<"binddn" | "url" | "schema" | "userdn" | "password_policy", string>>;
  /** The accounts, by name. */
  readonly accounts: ReadonlyMap<string, StaticRole>;
}

/** An account as Vault's API has it. */
export interface StaticRole {
  readonly username: string;
  readonly dn: string;
  /** In seconds. */
  readonly rotation_period: number;
}

const SECONDS_PER_HOUR = 3600;

/** The accounts of a city; undefined where Vault gives none their passwords. */
export function accountPlan({ city, secrets }: City): AccountPlan | undefined {
  const { accounts, directory } = secrets;
  if (accounts === undefined || directory === undefined) return undefined;
  const { url, userDn, userDomain } = directory;
  return {
    mount: vaultPaths(city.id).directory,
    config: {
      binddn: accounts.manager,
      url,
      schema: userDomain === undefined ? "openldap" : "ad",
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
