import { inventoryOf, WANTED, WANTED_OF_NAMED } from "./inventory";
import type { Inventory } from "./inventory";
import type { VcenterClient } from "./vcenter-client";

const MACHINE = "VirtualMachine";

/**
 * The inventory of a vCenter, as far as this login sees it.
 * @param named names of the machines and templates whose settings are read: of thousands it would be too much
 * @throws VcenterError with vCenter's reason
 */
export async function liveInventory(client: VcenterClient, named: ReadonlySet<string>): Promise<Inventory> {
  const objects = await client.objects(WANTED);
  const wanted = objects.filter(({ type, name }) => type === MACHINE && named.has(name)).map(({ id }) => id);
  const more = new Map((await client.properties(MACHINE, wanted, WANTED_OF_NAMED)).map((one) => [one.id, one]));
  return inventoryOf(
    objects.map((object) => {
      const settings = more.get(object.id);
      return settings === undefined ? object : object.with(settings);
    }),
  );
}
