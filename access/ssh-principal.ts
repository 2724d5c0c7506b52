/**
 * What a certificate says that its holder may be, such as `postazioni@milan-gateways`: a login on the machines of one role of one
 * city. Machines believe only the principals of their own roles, so a certificate opens no machine of another kind.
 */
export function sshPrincipal(city: string, role: string, login: string): string {
  return `${login}@${city}-${role}`;
}
