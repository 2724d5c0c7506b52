import type { DeployedCity } from "../../environments/model/city";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { forgetObjects, stateObjects } from "../../terraform/state-objects";
import type { StateObject } from "../../terraform/state-objects";
import type { NamedObjects } from "../../vcenter/named-objects";
import { objectLines, outcomeOf } from "./object-outcomes";
import type { ObjectOutcome } from "./object-outcomes";
import { namedObjects } from "./standing";

/** What a resource needs that its read finds, by an attribute with its id, and whether that is there. */
interface Needed {
  readonly by: string;
  readonly isThere: (objects: NamedObjects, id: string, attributes: StateObject["attributes"]) => boolean;
}

const CLUSTER: Needed = {
  by: "compute_cluster_id",
  isThere: (objects, id) => objects.has("ClusterComputeResource", id),
};
const OVERRIDE: readonly Needed[] = [
  CLUSTER,
  { by: "virtual_machine_id", isThere: (objects, id) => objects.hasMachine(id) },
];

/**
 * What the provider fails without, and so plans nothing of a stack, where it is gone; all else it makes anew. From its source, the
 * reads of 1.26.0, 2.15.0 and 2.16.1.
 */
const NEEDED: Readonly<Record<string, readonly Needed[]>> = {
  vsphere_folder: [{ by: "id", isThere: (objects, id) => objects.has("Folder", id) }],
  vsphere_distributed_virtual_switch: [{ by: "id", isThere: (objects, id) => objects.hasSwitch(id) }],
  vsphere_distributed_port_group: [
    { by: "id", isThere: (objects, id) => objects.has("DistributedVirtualPortgroup", id) },
  ],
  vsphere_custom_attribute: [{ by: "id", isThere: (objects, id) => objects.hasAttribute(id, "key") }],
  vsphere_entity_permissions: [
    { by: "entity_id", isThere: (objects, id, { entity_type: type }) => objects.has(String(type), id) },
  ],
  vsphere_drs_vm_override: OVERRIDE,
  vsphere_ha_vm_override: OVERRIDE,
  vsphere_compute_cluster_host_group: [CLUSTER],
  vsphere_compute_cluster_vm_group: [CLUSTER],
  vsphere_compute_cluster_vm_host_rule: [CLUSTER],
  vsphere_compute_cluster_vm_anti_affinity_rule: [CLUSTER],
};

/**
 * Objects that states have and vCenter has not, of the stacks that could not be planned: somebody deleted them, or a deployment that died did.
 * @throws CommandError where a state cannot be read, or vCenter refuses
 */
export async function objectsGone(
  city: DeployedCity,
  results: readonly StackResult[],
  planning: Planning,
): Promise<StateObject[]> {
  const inStates: StateObject[] = [];
  for (const result of results) if (!("plan" in result)) inStates.push(...(await stateObjects(result.stack, planning)));
  const known = inStates.filter(({ type }) => type in NEEDED);
  if (known.length === 0) return [];
  const withMachines = known.some(({ attributes }) => "virtual_machine_id" in attributes);
  const objects = await namedObjects(city, withMachines);
  return objects.isSeen ? known.filter((object) => isGone(object, objects)) : [];
}

/** Whether something that it needs is not there; of what its state has no id, nobody can tell. */
function isGone({ type, attributes }: StateObject, objects: NamedObjects): boolean {
  return (NEEDED[type] ?? []).some(({ by, isThere }) => {
    const id = attributes[by];
    return typeof id === "string" && id !== "" && !isThere(objects, id, attributes);
  });
}

/** Takes the objects out of the states of their stacks, stack by stack. */
export async function forgetGone(gone: readonly StateObject[], planning: Planning): Promise<ObjectOutcome[]> {
  const outcomes: ObjectOutcome[] = [];
  for (const stack of new Set(gone.map((object) => object.stack))) {
    planning.signal?.throwIfAborted();
    const ofStack = gone.filter((object) => object.stack === stack);
    outcomes.push(...(await forgotten(stack, ofStack, planning)));
  }
  return outcomes;
}

/** Somebody may have deployed meanwhile: then the state has another object at an address. */
async function forgotten(stack: string, gone: readonly StateObject[], planning: Planning): Promise<ObjectOutcome[]> {
  const ids = new Map((await stateObjects(stack, planning)).map(({ address, attributes: { id } }) => [address, id]));
  const isSame = ({ address, attributes: { id } }: StateObject): boolean => ids.get(address) === id;
  const addresses = gone.filter(isSame).map(({ address }) => address);
  const failed = addresses.length === 0 ? undefined : await forgetObjects(stack, addresses, planning);
  return gone.map((object) => outcomeOf(object, isSame(object) ? failed : "its state changed meanwhile: look again"));
}

/** Lines on the objects that are gone, and on what was done with them. */
export function goneText(gone: readonly StateObject[], outcomes: readonly ObjectOutcome[]): string[] {
  const words = { are: "in a state and gone", listed: "gone", done: "forgotten" };
  return objectLines(gone, outcomes, words, ({ address }) => address);
}
