import type { FilePath } from "./policy";

/** Who has access to which secrets of a city, as the file declares it, with all references resolved. */
export interface AccessPlan {
  /** The city's id: the first segment of every path and the beginning of every policy's name. */
  readonly city: string;
  /** The desktop pools; each has an identity. */
  readonly pools: readonly AccessPool[];
  /** Ids of the directorates; each has a folder in the key-value store. */
  readonly directorates: readonly string[];
  /** The teams of people; each has an identity. */
  readonly teams: readonly Team[];
  /** Whether CI's jobs log in. */
  readonly ci: boolean;
  /** Names of the roles that sign SSH keys. */
  readonly sshRoles: readonly string[];
  /** Whether there is an identity that may read every secret in an emergency. */
  readonly breakGlass: boolean;
  /** Whether there are gateways, which share an identity. */
  readonly gateways: boolean;
  /** Whether there are access machines, which share another. */
  readonly accessMachines: boolean;
  /**
   * Whether the city has its own rate limit quotas: in a namespace it has none, because the server's administrator sets
   * them.
   */
  readonly quotas: boolean;
  /** Whether the file names the root of the certificate authority, so that its ceremony can be held. */
  readonly authority: boolean;
  /** The directory accounts whose passwords Vault generates; undefined without any. */
  readonly accounts: AccountPlan | undefined;
}

/** Configuration of Vault's directory engine and its accounts. */
export interface AccountPlan {
  /** Mount of the directory engine. */
  readonly mount: string;
  /** Configuration of the mount, as in Vault's API, without the manager's password. */
  readonly config: Readonly<Record<"binddn" | "url" | "schema" | "userattr" | "userdn" | "password_policy", string>>;
  /** The accounts, by name. */
  readonly accounts: ReadonlyMap<string, StaticRole>;
}

/** A directory account, as in Vault's API. */
export interface StaticRole {
  readonly username: string;
  readonly dn: string;
  /** In seconds. */
  readonly rotation_period: number;
}

/** The desktops of a pool. */
export interface AccessPool {
  /** Its name, unique in the city. */
  readonly name: string;
  /** The directory accounts that join machines to the domain. */
  readonly joinAccounts: readonly AskedName[];
}

/** People with the same task. */
export interface Team {
  /** Its name, unique in the city. */
  readonly name: string;
  /** Its permissions, besides writing in its own folder. */
  readonly grants: readonly Grant[];
  /** The SSH roles that may sign its people's keys. */
  readonly sshRoles: readonly AskedName[];
}

/** A name that the city's file refers to. */
export interface AskedName {
  readonly name: string;
  /** Its path in the file. @default - unknown */
  readonly asked?: FilePath | undefined;
}

/** A permission of a team on secrets. */
export interface Grant {
  /** The secrets. */
  readonly place: SecretPlace;
  /** `names`: list, and read metadata; `read`: also the values; `write`: also new values. */
  readonly may: "names" | "read" | "write";
  /** The reason in the city's file, one line. */
  readonly because: string;
  /** Its path in the file. @default - unknown */
  readonly asked?: FilePath | undefined;
}

/** A folder or a secret in the city's key-value store. */
export interface SecretPlace {
  /** Path below the mount, such as `pools/anagrafe` or `pools/anagrafe/domain-join`. */
  readonly path: string;
  /** `folder`: every secret below it; `secret`: this secret alone. */
  readonly kind: "folder" | "secret";
}
