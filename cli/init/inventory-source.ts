import { basename, resolve } from "node:path";
import { InputError } from "../../runtime/errors";
import { inventoryOf } from "../../vcenter/inventory";
import type { Inventory } from "../../vcenter/inventory";
import { allLiveObjects } from "../../vcenter/live-inventory";
import { rvtoolsExport } from "../../vcenter/rvtools/export";
import { rvtoolsInventory } from "../../vcenter/rvtools/inventory";
import { wholeInventory } from "../../vcenter/saved-inventory";
import { namedVcenter } from "../named-servers";
import { cliProgress } from "../progress";
import { inVcenter, vcenterUser } from "../vcenter-session";

/** Where an inventory is from; without both options it is a vCenter's. */
export interface InventorySource {
  readonly inventory?: string;
  readonly rvtools?: readonly string[];
}

/** An inventory, and how to name where it is from. */
interface Read {
  readonly inventory: Inventory;
  readonly source: string;
}

/**
 * Reads the inventory that is meant.
 * @param id the city's
 * @throws InputError where none or two are named, or it cannot be read
 * @throws CommandError where the vCenter refuses
 */
export async function readInventory(id: string, { inventory: folder, rvtools }: InventorySource): Promise<Read> {
  if (folder !== undefined && rvtools !== undefined)
    throw new InputError("--inventory and --rvtools are two inventories: name one");
  if (folder !== undefined) return { inventory: wholeInventory(resolve(folder)), source: basename(folder) };
  if (rvtools !== undefined)
    return {
      inventory: rvtoolsInventory(rvtoolsExport(rvtools)),
      source: rvtools.map((path) => basename(path)).join(", "),
    };
  const server = namedVcenter();
  if (server === undefined)
    throw new InputError("no inventory: name one with --inventory or --rvtools, or a vCenter in VSPHERE_SERVER");
  const login = { server, ...vcenterUser(), connections: 1 };
  const objects = await cliProgress().step(`Read the inventory of ${server}`, () =>
    inVcenter({ city: { id } }, login, allLiveObjects),
  );
  // Of its own settings nothing is read: its name is the one by which it was reached.
  return { inventory: { ...inventoryOf(objects), server: server.replace(/:\d+$/, "") }, source: server };
}
