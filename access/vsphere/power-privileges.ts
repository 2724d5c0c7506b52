import type { Privilege } from "./privilege";

/** Privileges to start seats' machines, and to ask their guests to shut down. */
export function powerPrivileges(): Privilege[] {
  return [
    { id: "VirtualMachine.Interact.PowerOff", why: "Guests that are asked to shut down when nobody works." },
    { id: "VirtualMachine.Interact.PowerOn", why: "Machines that are started before people come." },
  ];
}
