/** The places of one city in Vault. Everything lies below the city's id, in whatever namespace. */
export interface VaultPaths {
  /** Mount of the key-value store, version 2. */
  readonly keyValue: string;
  /** Mount of the certificate authority. */
  readonly pki: string;
  /** Path of the AppRole method that desktops log in with. */
  readonly appRole: string;
  /** Path of the JWT method that CI's jobs log in with. */
  readonly ci: string;
  /** Path of the LDAP method that people log in with. */
  readonly people: string;
  /** Path of the LDAP method that people log in with in an emergency, for a shorter time. */
  readonly breakGlass: string;
  /** Mount of the directory engine, which makes and changes the passwords of accounts. */
  readonly directory: string;
  /** Mount of the authority that signs people's SSH keys. */
  readonly ssh: string;
  /** Mount of the transit engine, which encrypts the city's states. */
  readonly transit: string;
}

/** A Vault server, and the namespace in it that a city has. */
export interface VaultPlace {
  /** URL of the server. */
  readonly address: string;
  /** Without slashes around it. @default - the server's root */
  readonly namespace?: string | undefined;
}

/** What the URLs of all paths begin with; a namespace is said by them, so that no client needs to know of it. */
export function apiUrl({ address, namespace }: VaultPlace): string {
  return `${address}/v1${namespace === undefined ? "" : `/${namespace}`}`;
}

/** Name of the transit engine's key that encrypts a city's states. */
export const STATE_KEY = "state";

/** The city's places in Vault, without a leading or trailing slash. */
export function vaultPaths(city: string): VaultPaths {
  return {
    keyValue: `${city}/kv`,
    pki: `${city}/pki`,
    appRole: `${city}/approle`,
    ci: `${city}/ci`,
    people: `${city}/people`,
    breakGlass: `${city}/break-glass`,
    directory: `${city}/directory`,
    ssh: `${city}/ssh`,
    transit: `${city}/transit`,
  };
}

/** The path below the key-value mount under which a pool's secrets lie. */
export function poolSecrets(pool: string): string {
  return `pools/${pool}`;
}

/** The path below the key-value mount under which a directorate's secrets lie. */
export function directorateSecrets(directorate: string): string {
  return `directorates/${directorate}`;
}

/** The path below the key-value mount under which a team's own secrets lie. */
export function teamSecrets(team: string): string {
  return `teams/${team}`;
}

/**
 * Name of the quota that bounds requests at one of a city's places.
 * @param place what the place's path has behind the city's id, such as `kv`
 */
export function quotaName(city: string, place: string): string {
  return `${city}-${place}`;
}

/** Name of the password policy by which a city's passwords are made. */
export function passwordPolicy(city: string): string {
  return `${city}-accounts`;
}
