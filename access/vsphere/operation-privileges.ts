import { when } from "./privilege";
import type { Privilege } from "./privilege";

/** Privileges to start seats' machines, and to ask their guests to shut down. */
export function powerPrivileges(): Privilege[] {
  return [
    { id: "VirtualMachine.Interact.PowerOff", why: "Guests that are asked to shut down when nobody works." },
    { id: "VirtualMachine.Interact.PowerOn", why: "Machines that are started before people come." },
  ];
}

/** Privileges to repair seats that are not healthy. @param replaces whether machines of floating pools may be made anew */
export function repairPrivileges(replaces: boolean): Privilege[] {
  return [
    { id: "VirtualMachine.Config.AdvancedConfig", why: "What was tried with a seat, in its machine's guestinfo." },
    { id: "VirtualMachine.Interact.Reset", why: "Seats that are restarted." },
    ...when(
      replaces,
      { id: "VirtualMachine.Interact.PowerOff", why: "Machines of floating pools, before they go." },
      { id: "VirtualMachine.Inventory.Delete", why: "The same; the next deployment makes them anew." },
    ),
  ];
}
