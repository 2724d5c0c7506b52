import type { Privilege } from "./privilege";

/** What putting first secrets into machines' guestinfo needs, and reading there what became of them. */
export function firstSecretPrivileges(): Privilege[] {
  return [{ id: "VirtualMachine.Config.AdvancedConfig", why: "A machine's guestinfo." }];
}
