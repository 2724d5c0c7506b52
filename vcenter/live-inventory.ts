import { SERVICE, WANTED, WANTED_OF_NAMED, WANTED_OF_SERVICE } from "./inventory";
import type { ManagedObject } from "./managed-object";
import type { VcenterClient } from "./vcenter-client";

const MACHINE = "VirtualMachine";

/**
 * The objects of a vCenter that an inventory is made of, as far as this login sees them.
 * @param named names of the machines and templates whose settings are read: of thousands it would be too much
 * @throws VcenterError with vCenter's reason
 */
export async function liveObjects(client: VcenterClient, named: ReadonlySet<string>): Promise<ManagedObject[]> {
  const objects = await client.objects(WANTED);
  const wanted = objects.filter(({ type, name }) => type === MACHINE && named.has(name)).map(({ id }) => id);
  const more = new Map((await client.properties(MACHINE, wanted, WANTED_OF_NAMED)).map((one) => [one.id, one]));
  const service = await client.properties(SERVICE, [SERVICE], WANTED_OF_SERVICE);
  return [
    ...service,
    ...objects.map((object) => {
      const settings = more.get(object.id);
      return settings === undefined ? object : object.with(settings);
    }),
  ];
}
