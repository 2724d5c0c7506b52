import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { savedInventory, wholeInventory } from "../../vcenter/saved-inventory";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "saved-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Saves objects as govc does, each with properties of XML. */
function save(
  ...objects: readonly (readonly [type: string, id: string, properties: Readonly<Record<string, string>>])[]
): void {
  for (const [index, [type, id, properties]] of objects.entries()) {
    const sets = Object.entries(properties).map(
      ([name, value]) => `<propSet><name>${name}</name><val>${value}</val></propSet>`,
    );
    const file = `${String(index).padStart(4, "0")}-${type}-${id}.xml`;
    writeFileSync(join(folder, file), `<ObjectContent><obj type="${type}">${id}</obj>${sets.join("")}</ObjectContent>`);
  }
}

const SERVICE = ["ServiceInstance", "ServiceInstance", {}] as const;
const DATACENTER = ["Datacenter", "datacenter-1", { name: "Ragusa", vmFolder: "group-v2" }] as const;
const MACHINES =
  "<ManagedObjectReference>vm-4</ManagedObjectReference><ManagedObjectReference>vm-5</ManagedObjectReference>";
const FOLDER = ["Folder", "group-v2", { name: "vm", childEntity: MACHINES }] as const;

describe("an inventory that a file is made of", () => {
  test("is whole: what folders, clusters and hosts name was saved too", () => {
    save(SERVICE, DATACENTER, FOLDER, ["VirtualMachine", "vm-4", { name: "PC-1" }]);
    expect(savedInventory(folder).machines).toHaveLength(1);
    expect(() => wholeInventory(folder)).toThrow(
      "1 of the objects that others in it name were not saved, such as vm-5: it was cut off, or its login does not see them; " +
        "save it once more with a login that sees all of the datacenter",
    );
    save(SERVICE, DATACENTER, FOLDER, ["VirtualMachine", "vm-4", {}], ["VirtualMachine", "vm-5", {}]);
    expect(wholeInventory(folder).machines).toHaveLength(2);
  });

  test("has vCenter's own name where its settings were saved", () => {
    const setting =
      "<OptionValue><key>VirtualCenter.FQDN</key><value>vcenter.comune.ragusa.example</value></OptionValue>";
    save(SERVICE, ["OptionManager", "VpxSettings", { setting }], ["Datacenter", "datacenter-1", { name: "Ragusa" }]);
    expect(wholeInventory(folder).server).toBe("vcenter.comune.ragusa.example");
  });
});
