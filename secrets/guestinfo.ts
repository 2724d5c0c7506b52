/**
 * What a machine's guestinfo says of its first secret; boot/README.md lists who writes each key. Empty means not set.
 */
export interface Guestinfo {
  /** URL of Vault as desktops reach it. */
  readonly vault: string;
  /** City id: the first segment of its paths in Vault. */
  readonly city: string;
  /** Name of the pool and of its role. */
  readonly pool: string;
  /** Name of the seat, which its computer has to have before it opens anything. */
  readonly seat: string;
  /** Path in Vault of the account that joins the domain. */
  readonly account: string;
  /** The domain to join, where the account's secret does not name it. */
  readonly domain: string;
  /** Distinguished name of the organizational unit of its account; empty for the directory's own choice. */
  readonly unit: string;
  /** Trusted principals of SSH certificates, comma-separated. */
  readonly ssh: string;
  /** Staff number of the person who alone may log in by remote desktop, or `nobody`; empty where the group is not the file's. */
  readonly holder: string;
  /** The AppRole's role id, which is public. */
  readonly roleId: string;
  /** The wrapping token. */
  readonly wrapped: string;
  /** When the secret id expires, in seconds since 1970. */
  readonly loginBy: string;
  /** When the wrapping token expires, in seconds since 1970: much later. */
  readonly expires: string;
  /** Accessor of the secret id: it stands in Vault's audit log and serves to destroy the secret id. */
  readonly accessor: string;
  /** The state that the machine reports: `opened`, `joined`, `failed`, `expired` or `alert`. */
  readonly state: string;
}

/** The keys in a machine's advanced settings, which its guest reads. */
export const GUESTINFO_KEYS: Readonly<Record<keyof Guestinfo, string>> = {
  vault: "guestinfo.postazioni.vault",
  city: "guestinfo.postazioni.city",
  pool: "guestinfo.postazioni.pool",
  seat: "guestinfo.postazioni.seat",
  account: "guestinfo.postazioni.account",
  domain: "guestinfo.postazioni.domain",
  unit: "guestinfo.postazioni.organizational-unit",
  ssh: "guestinfo.postazioni.ssh",
  holder: "guestinfo.postazioni.holder",
  roleId: "guestinfo.postazioni.role-id",
  wrapped: "guestinfo.postazioni.wrapped",
  loginBy: "guestinfo.postazioni.login-by",
  expires: "guestinfo.postazioni.expires",
  accessor: "guestinfo.postazioni.accessor",
  state: "guestinfo.postazioni.state",
};

const FIELDS = Object.keys(GUESTINFO_KEYS) as (keyof Guestinfo)[];

/** Reads guestinfo from a machine's advanced settings. */
export function guestinfoOf(extraConfig: Readonly<Record<string, string>>): Guestinfo {
  const read = (field: keyof Guestinfo): string => extraConfig[GUESTINFO_KEYS[field]] ?? "";
  return Object.fromEntries(FIELDS.map((field) => [field, read(field)])) as Record<keyof Guestinfo, string>;
}

/** The advanced settings that change; an empty value removes a key. */
export function guestinfoChanges(before: Guestinfo, after: Guestinfo): Record<string, string> {
  const changed = FIELDS.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(changed.map((field) => [GUESTINFO_KEYS[field], after[field]]));
}
