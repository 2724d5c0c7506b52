/** What the machine of a seat knows of its first secret; boot/README.md says who writes what. Empty is not there. */
export interface Guestinfo {
  /** URL of Vault as desktops reach it. */
  readonly vault: string;
  /** City id: what Vault's paths begin with. */
  readonly city: string;
  /** Name of the pool, and so of its role. */
  readonly pool: string;
  /** Path in Vault of the account with which it joins the domain. */
  readonly account: string;
  /** The domain that it joins, where the account's own secret does not say it. */
  readonly domain: string;
  /** Principals of SSH certificates that it believes, with commas. */
  readonly ssh: string;
  /** The role's public id. */
  readonly roleId: string;
  /** The wrapping token. */
  readonly wrapped: string;
  /** When the secret id logs in no more, in seconds since 1970. */
  readonly loginBy: string;
  /** When the wrapping token ends, in seconds since 1970: much later. */
  readonly expires: string;
  /** Names the wrapped secret id in Vault's audit log, and where it is to be destroyed. */
  readonly accessor: string;
  /** What the machine says of itself: `opened`, `joined`, `failed`, `expired` or `alert`. */
  readonly state: string;
}

/** Keys of a machine's advanced settings, which its guest reads. */
export const GUESTINFO_KEYS: Readonly<Record<keyof Guestinfo, string>> = {
  vault: "guestinfo.postazioni.vault",
  city: "guestinfo.postazioni.city",
  pool: "guestinfo.postazioni.pool",
  account: "guestinfo.postazioni.account",
  domain: "guestinfo.postazioni.domain",
  ssh: "guestinfo.postazioni.ssh",
  roleId: "guestinfo.postazioni.role-id",
  wrapped: "guestinfo.postazioni.wrapped",
  loginBy: "guestinfo.postazioni.login-by",
  expires: "guestinfo.postazioni.expires",
  accessor: "guestinfo.postazioni.accessor",
  state: "guestinfo.postazioni.state",
};

const FIELDS = Object.keys(GUESTINFO_KEYS) as (keyof Guestinfo)[];

/** Reads it out of a machine's advanced settings. */
export function guestinfoOf(extraConfig: Readonly<Record<string, string>>): Guestinfo {
  const read = (field: keyof Guestinfo): string => extraConfig[GUESTINFO_KEYS[field]] ?? "";
  return Object.fromEntries(FIELDS.map((field) => [field, read(field)])) as Record<keyof Guestinfo, string>;
}

/** The advanced settings that change it from what it was: nothing is said of what stays, and empty removes. */
export function guestinfoChanges(before: Guestinfo, after: Guestinfo): Record<string, string> {
  const changed = FIELDS.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(changed.map((field) => [GUESTINFO_KEYS[field], after[field]]));
}
