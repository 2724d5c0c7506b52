import { count, escaped } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { forgetObject, stateObjects } from "../../terraform/state-objects";
import type { StateObject } from "../../terraform/state-objects";
import type { NamedObjects } from "../../vcenter/named-objects";
import { namedObjects } from "./standing";

/** What came of forgetting an object. */
interface Forgotten {
  readonly object: StateObject;
  /** Why the state still has it. @default - it has not */
  readonly failure?: string;
}

/** An attribute with text; empty for any other. */
type Text = (attribute: string) => string;

/**
 * Whether vCenter has what a state has. The provider fails, and so plans nothing of the stack, where one of these is gone; all others
 * it makes anew. From its source, the reads of 1.26.0, 2.15.0 and 2.16.1.
 */
const HAS: Readonly<Record<string, (objects: NamedObjects, text: Text) => boolean>> = {
  vsphere_folder: (objects, text) => objects.has("Folder", text("id")),
  vsphere_distributed_virtual_switch: (objects, text) => objects.hasSwitch(text("id")),
  vsphere_distributed_port_group: (objects, text) => objects.has("DistributedVirtualPortgroup", text("id")),
  vsphere_custom_attribute: (objects, text) => objects.hasAttribute(text("name")),
  vsphere_entity_permissions: (objects, text) => objects.has(text("entity_type"), text("entity_id")),
  vsphere_drs_vm_override: ofMachine,
  vsphere_ha_vm_override: ofMachine,
};

function ofMachine(objects: NamedObjects, text: Text): boolean {
  return objects.hasMachine(text("virtual_machine_id"));
}

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
  const known = inStates.filter(({ type }) => type in HAS);
  if (known.length === 0) return [];
  const withMachines = known.some(({ attributes }) => "virtual_machine_id" in attributes);
  const objects = await namedObjects(city, withMachines);
  return known.filter((object) => HAS[object.type]?.(objects, textOf(object)) === false);
}

function textOf({ attributes }: StateObject): Text {
  return (attribute) => {
    const value = attributes[attribute];
    return typeof value === "string" ? value : "";
  };
}

/** Takes the objects out of the states of their stacks, one after the other: each writes a state. */
export async function forgetObjects(gone: readonly StateObject[], planning: Planning): Promise<Forgotten[]> {
  const forgotten: Forgotten[] = [];
  for (const object of gone) {
    planning.signal?.throwIfAborted();
    const failure = await forgetObject(object, planning);
    forgotten.push({ object, ...(failure !== undefined && { failure }) });
  }
  return forgotten;
}

/** Lines on the objects that are gone, and on what was done with them. */
export function goneText(gone: readonly StateObject[], forgotten: readonly Forgotten[]): string[] {
  const lines = gone.map((object) => {
    const done = forgotten.find((one) => one.object === object);
    return escaped(`${object.stack}: ${object.address}: ${done === undefined ? "gone" : doneText(done)}`);
  });
  return [`${count(gone.length, "object")} in a state and gone`, ...lines];
}

function doneText({ failure }: Forgotten): string {
  return failure === undefined ? "forgotten" : `not forgotten: ${failure}`;
}
