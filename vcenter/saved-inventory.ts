import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, messageOf } from "../runtime/errors";
import { inventoryOf, SERVICE, SETTINGS, WANTED } from "./inventory";
import type { Inventory } from "./inventory";
import { ManagedObject } from "./managed-object";
import { parseXml } from "./xml";

/** `0093-HostSystem-host-10.xml`, as `govc object.save` names an object's file. */
const OBJECT_FILE = /^(\d+)-(\w+)-(.+)\.xml$/;

/**
 * The inventory in a folder that `govc object.save -d` wrote.
 * @throws InputError where the folder cannot be read, a file is missing or broken, or it is of another product
 */
export function savedInventory(folder: string): Inventory {
  return inventoryOf(savedObjects(folder));
}

/**
 * As {@link savedInventory}, where all that hosts and clusters name was saved too: a file that is made of a part would be
 * taken for the whole.
 * @throws InputError also where something that they name was not saved
 */
export function wholeInventory(folder: string): Inventory {
  const objects = savedObjects(folder);
  requireNamed(folder, objects);
  return inventoryOf(objects);
}

function savedObjects(folder: string): ManagedObject[] {
  const files = filesOf(folder).flatMap((file) => {
    const [, number = "", type = "", id = ""] = OBJECT_FILE.exec(file) ?? [];
    return number === "" ? [] : [{ file, type, id, number: Number(number) }];
  });
  requireWhole(folder, files);
  const wanted = files.filter(({ type, id }) => type in WANTED || type === SERVICE || isSettings(type, id));
  return wanted.map(({ file }) => objectIn(join(folder, file)));
}

/** What each type of object names of others; all of it is in each of five public recordings. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  ClusterComputeResource: ["host", "datastore", "network"],
  Datacenter: ["vmFolder", "networkFolder", "datastore", "network"],
  Folder: ["childEntity"],
  HostSystem: ["vm", "datastore", "network"],
};

function requireNamed(folder: string, objects: readonly ManagedObject[]): void {
  const there = new Set(objects.map(({ id }) => id));
  const wanted = objects.flatMap((object) => (NAMED[object.type] ?? []).flatMap((path) => named(object, path)));
  const missing = [...new Set(wanted)].filter((id) => !there.has(id));
  const [first] = missing;
  if (first === undefined) return;
  throw new InputError(
    `${folder}: ${String(missing.length)} of the objects that others in it name were not saved, such as ${first}: it ` +
      "was cut off, or its login does not see them; save it once more with a login that sees all of the datacenter",
  );
}

/** The ids of a list, or the one of a single reference. */
function named(object: ManagedObject, path: string): string[] {
  const several = object.texts(path);
  return several.length > 0 ? several : [object.text(path) ?? ""].filter((id) => id !== "");
}

function isSettings(type: string, id: string): boolean {
  return type === SETTINGS.type && id === SETTINGS.id;
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new InputError(
      `${folder} cannot be read: ${messageOf(error)}; name a folder that 'govc object.save -d' wrote`,
    );
  }
}

/** The files are numbered from 0, the service's own first: a gap is a save that was cut off. */
function requireWhole(folder: string, files: readonly { readonly type: string; readonly number: number }[]): void {
  const numbers = new Set(files.map(({ number }) => number));
  const most = Math.max(-1, ...numbers);
  const missing = Array.from({ length: most + 1 }, (_, number) => number).find((number) => !numbers.has(number));
  if (missing !== undefined)
    throw new InputError(
      `${folder}: file ${String(missing).padStart(4, "0")} is missing of ${String(most + 1)}: save the inventory once more`,
    );
  if (!files.some(({ type }) => type === SERVICE))
    throw new InputError(`${folder} is no saved vCenter: name a folder that 'govc object.save -d' wrote`);
  if (!files.some(({ type }) => type === "Datacenter"))
    throw new InputError(`${folder} has no datacenter: it was saved from an ESXi host, or by a login that sees none`);
}

function objectIn(path: string): ManagedObject {
  try {
    return ManagedObject.of(parseXml(readFileSync(path, "utf8")));
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${messageOf(error)}; save the inventory once more`);
  }
}
