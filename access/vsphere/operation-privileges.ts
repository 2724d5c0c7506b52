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

/**
 * Privileges to make floating seats as new after use.
 * @param reverts whether some are brought back to a snapshot
 * @param remakes whether some are removed, and made anew by the next deployment
 */
export function refreshPrivileges(reverts: boolean, remakes: boolean): Privilege[] {
  return [
    { id: "VirtualMachine.Config.AdvancedConfig", why: "After how long a seat closes, in its machine's guestinfo." },
    { id: "VirtualMachine.Interact.PowerOff", why: "Seats that are brought back, or removed." },
    ...when(
      reverts,
      { id: "Datastore.AllocateSpace", why: "What a machine writes since its snapshot." },
      { id: "VirtualMachine.Interact.PowerOn", why: "Seats that were brought back." },
      { id: "VirtualMachine.State.CreateSnapshot", why: "The snapshot of a seat that nobody used yet." },
      { id: "VirtualMachine.State.RemoveSnapshot", why: "A snapshot from before a change of the machine." },
      { id: "VirtualMachine.State.RevertToSnapshot", why: "Seats that are brought back after use." },
    ),
    ...when(remakes, { id: "VirtualMachine.Inventory.Delete", why: "Seats that the next deployment makes anew." }),
  ];
}
