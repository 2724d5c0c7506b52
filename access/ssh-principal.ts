/**
 * The principal of an SSH certificate, such as `postazioni@milan-gateways`: a login on the machines of one role of one
 * city. Machines trust only their own roles' principals, so a certificate works on no other kind of machine.
 */
export function sshPrincipal(city: string, role: string, login: string): string {
  return `${login}@${city}-${role}`;
}
