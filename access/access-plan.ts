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
  /** Whether there is an identity that may read every secret in an emergency. */
  readonly breakGlass: boolean;
}

/** The desktops of a pool. */
export interface AccessPool {
  /** Its name, unique in the city. */
  readonly name: string;
  /** Names of the directory's accounts with which they join the domain. */
  readonly joinAccounts: readonly string[];
}

/** People with the same work. */
export interface Team {
  /** Its name, unique in the city. */
  readonly name: string;
  /** What it may do, beside writing at its own place. */
  readonly grants: readonly Grant[];
}

/** What a team may do with secrets at a place. */
export interface Grant {
  /** The place. */
  readonly place: SecretPlace;
  /** `names`: list, and see when a value changed; `read`: also the values; `write`: also put new ones. */
  readonly may: "names" | "read" | "write";
  /** What of the city's file asks for it, one line. */
  readonly because: string;
}

/** A place in the city's key-value store. */
export interface SecretPlace {
  /** The way below the mount, such as `pools/anagrafe` or `pools/anagrafe/domain-join`. */
  readonly path: string;
  /** `folder`: every secret below it; `secret`: the one of that name. */
  readonly kind: "folder" | "secret";
}
