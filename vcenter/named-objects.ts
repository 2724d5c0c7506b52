import type { ManagedObject } from "./managed-object";
import type { Places } from "./places";
import { childText } from "./xml";

/** Of each kind of object that a deployment makes beside machines, what tells one from another. */
export const WANTED_OF_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  Folder: ["name", "parent"],
  Datacenter: ["name", "parent"],
  ClusterComputeResource: ["name", "parent", "configurationEx"],
  ResourcePool: ["name", "parent"],
  VmwareDistributedVirtualSwitch: ["name", "parent", "uuid"],
  DistributedVirtualPortgroup: ["name", "parent", "config.distributedVirtualSwitch"],
};

/** Read beside those only for what a cluster does otherwise with one machine: there are thousands. */
export const WANTED_OF_MACHINES: Readonly<Record<string, readonly string[]>> = {
  VirtualMachine: ["name", "parent", "config.uuid"],
};

/** What a cluster has for single machines: vSphere HA's, and DRS's. */
export type OverrideKind = "das" | "drs";

/** Types of the objects that a vCenter has once, with the names that its service gives them, and what is read of each. */
export const WANTED_OF_MANAGERS = {
  AuthorizationManager: { manager: "authorizationManager", paths: ["roleList"] },
  CustomFieldsManager: { manager: "customFieldsManager", paths: ["field"] },
} as const;

/** Objects of a vCenter by their names, as a deployment may have made them. */
export class NamedObjects {
  /** @param objects with the managers among them @param places where they are */
  public constructor(
    private readonly objects: readonly ManagedObject[],
    private readonly places: Places,
  ) {}

  /** Inventory path of a folder. @param datacenter its id @param path below it: `vm/milan/anagrafe` */
  public folder(datacenter: string, path: string): string | undefined {
    const inside = this.pathOf(this.places.at(datacenter));
    const wanted = `${inside ?? ""}/${path}`;
    return this.of("Folder").some((one) => this.places.inventoryPath(one) === wanted) ? wanted : undefined;
  }

  /** Inventory path of a resource pool by its parent's id and its name. */
  public resourcePool(parent: string, name: string): string | undefined {
    return this.pathOf(this.of("ResourcePool").find((one) => one.text("parent") === parent && one.name === name));
  }

  /** Inventory path of a distributed switch of a datacenter. @param datacenter its id */
  public distributedSwitch(datacenter: string, name: string): string | undefined {
    const found = this.of("VmwareDistributedVirtualSwitch").filter((one) => one.name === name);
    return this.pathOf(found.find((one) => this.places.datacenterId(one) === datacenter));
  }

  /** Inventory path of a port group of a distributed switch. @param uuid the switch's */
  public portGroup(uuid: string, name: string): string | undefined {
    const found = this.of("DistributedVirtualPortgroup").filter((one) => one.name === name);
    return this.pathOf(found.find((one) => this.switchOf(one)?.text("uuid") === uuid));
  }

  /** Inventory path of a cluster that has a group of hosts or machines, or a rule, of a name. @param id of the cluster */
  public clusterWith(kind: "group" | "rule", id: string, name: string): string | undefined {
    const cluster = this.cluster(id);
    const found = cluster?.items(`configurationEx.${kind}`).some((one) => childText(one, "name") === name);
    return found === true ? this.pathOf(cluster) : undefined;
  }

  /** Inventory paths of a cluster and of a machine with which it does something else than with others. @param uuid BIOS UUID of the machine */
  public override(kind: OverrideKind, id: string, uuid: string): { cluster: string; machine: string } | undefined {
    const [cluster, machine] = [
      this.cluster(id),
      this.of("VirtualMachine").find((one) => one.text("config.uuid") === uuid),
    ];
    const overrides = cluster?.items(`configurationEx.${kind}VmConfig`).map((one) => childText(one, "key"));
    if (cluster === undefined || machine === undefined || overrides?.includes(machine.id) !== true) return undefined;
    return { cluster: this.places.inventoryPath(cluster), machine: this.places.inventoryPath(machine) };
  }

  /** Id of a role. */
  public role(name: string): string | undefined {
    const roles = this.of("AuthorizationManager").flatMap((one) => one.items("roleList"));
    const role = roles.find((one) => childText(one, "name") === name);
    return childText(role, "roleId");
  }

  /** Whether there is a custom attribute. @param by its `name`, or its `key` */
  public hasAttribute(value: string, by: "name" | "key" = "name"): boolean {
    const fields = this.of("CustomFieldsManager").flatMap((one) => one.items("field"));
    return fields.some((one) => childText(one, by) === value);
  }

  /** Whether anything of a datacenter is seen: a login without permissions sees nothing. */
  public get isSeen(): boolean {
    return this.of("Datacenter").length > 0;
  }

  /** Whether there is an object with an id; true for a type that was not read. @param type such as `Folder` */
  public has(type: string, id: string): boolean {
    return !(type in WANTED_OF_OBJECTS) || this.places.at(id)?.type === type;
  }

  /** Whether there is a machine, or may be: vCenter does not know what one has whose datastore it does not reach. @param uuid its BIOS UUID */
  public hasMachine(uuid: string): boolean {
    return this.of("VirtualMachine").some((one) => [uuid, undefined].includes(one.text("config.uuid")));
  }

  /** Whether there is a distributed switch. @param uuid its own */
  public hasSwitch(uuid: string): boolean {
    return this.of("VmwareDistributedVirtualSwitch").some((one) => one.text("uuid") === uuid);
  }

  private cluster(id: string): ManagedObject | undefined {
    return this.of("ClusterComputeResource").find((one) => one.id === id);
  }

  private of(type: string): readonly ManagedObject[] {
    return this.objects.filter((one) => one.type === type);
  }

  private switchOf(portGroup: ManagedObject): ManagedObject | undefined {
    return this.places.at(portGroup.text("config.distributedVirtualSwitch"));
  }

  private pathOf(object: ManagedObject | undefined): string | undefined {
    return object && this.places.inventoryPath(object);
  }
}
