import type { FilePath } from "./policy";

/** Who is to have which secrets of a city: every name followed, nothing unknown. */
export interface AccessPlan {
  /** The city's id, with which every path and every policy's name begins. */
  readonly city: string;
  /** The desktop pools; each has an identity. */
  readonly pools: readonly AccessPool[];
  /** Ids of the directorates; each has a folder of secrets. */
  readonly directorates: readonly string[];
  /** The teams of people; each has an identity. */
  readonly teams: readonly Team[];
  /** Names of the roles by which SSH keys are signed. */
  readonly sshRoles: readonly string[];
  /** Whether there is an identity that may read every secret in an emergency. */
  readonly breakGlass: boolean;
  /** Whether there are gateways, which have an identity. */
  readonly gateways: boolean;
  /** Whether the city bounds requests by quotas of its own: in a namespace there are none, the server's administrator has them. */
  readonly quotas: boolean;
  /** Whether the file names the root that the certificate authority stands under, so that its ceremony can be held. */
  readonly authority: boolean;
  /** The directory's accounts whose passwords Vault makes; undefined where it makes none. */
  readonly accounts: AccountPlan | undefined;
}

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

/** The desktops of a pool. */
export interface AccessPool {
  /** Its name, unique in the city. */
  readonly name: string;
  /** The directory's accounts with which they join the domain. */
  readonly joinAccounts: readonly AskedName[];
}

/** People with the same work. */
export interface Team {
  /** Its name, unique in the city. */
  readonly name: string;
  /** What it may do, beside writing at its own place. */
  readonly grants: readonly Grant[];
  /** The SSH roles by which its people may have their keys signed. */
  readonly sshRoles: readonly AskedName[];
}

/** Something that is named in the city's file. */
export interface AskedName {
  readonly name: string;
  /** Where it stands there. @default - it is not said */
  readonly asked?: FilePath | undefined;
}

/** What a team may do with secrets at a place. */
export interface Grant {
  /** The place. */
  readonly place: SecretPlace;
  /** `names`: list, and see when a value changed; `read`: also the values; `write`: also put new ones. */
  readonly may: "names" | "read" | "write";
  /** What of the city's file asks for it, one line. */
  readonly because: string;
  /** Where it stands there. @default - it is not said */
  readonly asked?: FilePath | undefined;
}

/** A place in the city's key-value store. */
export interface SecretPlace {
  /** The way below the mount, such as `pools/anagrafe` or `pools/anagrafe/domain-join`. */
  readonly path: string;
  /** `folder`: every secret below it; `secret`: the one of that name. */
  readonly kind: "folder" | "secret";
}
