import type { Privilege } from "./privilege";

/** Privileges to write first secrets into machines' guestinfo, and to read their state there. */
export function firstSecretPrivileges(): Privilege[] {
  return [{ id: "VirtualMachine.Config.AdvancedConfig", why: "A machine's guestinfo." }];
}
