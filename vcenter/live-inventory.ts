import { SERVICE, WANTED, WANTED_OF_SERVICE } from "./inventory";
import { WANTED_OF_NAMED } from "./machine";
import { WANTED_OF_DETAILS } from "./machine-details";
import type { ManagedObject } from "./managed-object";
import type { VcenterClient } from "./vcenter-client";

const MACHINE = "VirtualMachine";
const MACHINES_A_CALL = 500;

/**
 * The objects of a vCenter that an inventory is made of, as far as this login sees them.
 * @param named names of the machines and templates whose settings are read: of thousands it would be too much
 * @throws VcenterError with vCenter's reason
 */
export async function liveObjects(client: VcenterClient, named: ReadonlySet<string>): Promise<ManagedObject[]> {
  const objects = await client.objects(WANTED);
  const wanted = objects.filter(({ type, name }) => type === MACHINE && named.has(name)).map(({ id }) => id);
  return withMore(client, objects, await client.properties(MACHINE, wanted, WANTED_OF_NAMED));
}

/**
 * As {@link liveObjects}, with the settings and details of every machine, some hundreds for each call.
 * @throws VcenterError with vCenter's reason
 */
export async function allLiveObjects(client: VcenterClient): Promise<ManagedObject[]> {
  const objects = await client.objects(WANTED);
  const ids = objects.filter(({ type }) => type === MACHINE).map(({ id }) => id);
  const more: ManagedObject[] = [];
  for (let start = 0; start < ids.length; start += MACHINES_A_CALL)
    more.push(
      ...(await client.properties(MACHINE, ids.slice(start, start + MACHINES_A_CALL), [
        ...WANTED_OF_NAMED,
        ...WANTED_OF_DETAILS,
      ])),
    );
  return withMore(client, objects, more);
}

async function withMore(
  client: VcenterClient,
  objects: readonly ManagedObject[],
  properties: readonly ManagedObject[],
): Promise<ManagedObject[]> {
  const more = new Map(properties.map((one) => [one.id, one]));
  const service = await client.properties(SERVICE, [SERVICE], WANTED_OF_SERVICE);
  return [
    ...service,
    ...objects.map((object) => {
      const settings = more.get(object.id);
      return settings === undefined ? object : object.with(settings);
    }),
  ];
}
