/**
 * Sudo paths below `sys/` and `auth/token/` of OpenBao 2.6.1, from `PathsSpecial.Root` of its `logical_system.go` and
 * `token_store.go`.
 */
const PROTECTED = [
  "auth/token/accessors*",
  "auth/token/revoke-orphan/*",
  "sys/audit",
  "sys/audit/*",
  "sys/auth/*",
  "sys/config/auditing/*",
  "sys/config/cors",
  "sys/config/ui/headers/*",
  "sys/internal/inspect/*",
  "sys/leases",
  "sys/leases/lookup/*",
  "sys/leases/revoke-force/*",
  "sys/leases/revoke-prefix/*",
  "sys/plugins/catalog/*",
  "sys/raw",
  "sys/raw/*",
  "sys/remount",
  "sys/revoke-force/*",
  "sys/revoke-prefix/*",
  "sys/rotate",
  "sys/rotate/keyring",
  "sys/rotate/root",
];

/**
 * Whether OpenBao 2.6.1 requires `sudo` at a path, besides the operation's capability. The protected paths of a mount
 * depend on its kind and are not included: for a certificate authority, `root` and `root/sign-self-issued`.
 * @param path without a leading slash, and with the trailing one for a list
 */
export function asksForSudo(path: string): boolean {
  return PROTECTED.some((one) => (one.endsWith("*") ? path.startsWith(one.slice(0, -1)) : path === one));
}
