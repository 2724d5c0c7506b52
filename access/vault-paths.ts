/** A city's mounts and auth paths in Vault, all below the city's id, in any namespace. */
export interface VaultPaths {
  /** Mount of the key-value store, version 2. */
  readonly keyValue: string;
  /** Mount of the PKI engine, the city's certificate authority. */
  readonly pki: string;
  /** Path of the AppRole method, for desktops. */
  readonly appRole: string;
  /** Path of the JWT method, for CI jobs. */
  readonly ci: string;
  /** Path of the LDAP method, for people. */
  readonly people: string;
  /** Path of the LDAP method for emergencies, with shorter tokens. */
  readonly breakGlass: string;
  /** Mount of the directory engine, which generates and rotates accounts' passwords. */
  readonly directory: string;
  /** Mount of the SSH engine, which signs people's keys. */
  readonly ssh: string;
  /** Mount of the transit engine, which encrypts the city's states. */
  readonly transit: string;
}

/** A Vault server, and the city's namespace in it. */
export interface VaultPlace {
  /** URL of the server. */
  readonly address: string;
  /** Without leading or trailing slash. @default - the root namespace */
  readonly namespace?: string | undefined;
}

/** The base URL of all paths. It includes the namespace, so that clients need no header for it. */
export function apiUrl({ address, namespace }: VaultPlace): string {
  return `${address}/v1${namespace === undefined ? "" : `/${namespace}`}`;
}

/** Name of the transit key that encrypts a city's states. */
export const STATE_KEY = "state";

/** The city's mounts and auth paths, without a leading or trailing slash. */
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

/** Path below the key-value mount of a pool's secrets. */
export function poolSecrets(pool: string): string {
  return `pools/${pool}`;
}

/** Path below the key-value mount of a directorate's secrets. */
export function directorateSecrets(directorate: string): string {
  return `directorates/${directorate}`;
}

/** Path below the key-value mount of a team's own secrets. */
export function teamSecrets(team: string): string {
  return `teams/${team}`;
}

/**
 * Name of the rate limit quota of one of a city's mounts.
 * @param place the mount without the city's id, such as `kv`
 */
export function quotaName(city: string, place: string): string {
  return `${city}-${place}`;
}

/** Name of the password policy that generates a city's passwords. */
export function passwordPolicy(city: string): string {
  return `${city}-accounts`;
}
