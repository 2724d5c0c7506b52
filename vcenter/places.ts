import type { ManagedObject } from "./managed-object";

/** Objects by their ids, and where they are. */
export class Places {
  private readonly byId: ReadonlyMap<string, ManagedObject>;

  public constructor(objects: readonly ManagedObject[]) {
    this.byId = new Map(objects.map((object) => [object.id, object]));
  }

  /** The name of the object with an id; empty where it was not read. */
  public name(id: string | undefined): string {
    return this.byId.get(id ?? "")?.name ?? "";
  }

  /** The object with an id; undefined where it was not read. */
  public at(id: string | undefined): ManagedObject | undefined {
    return this.byId.get(id ?? "");
  }

  /** What an object is in. */
  public parent(object: ManagedObject): ManagedObject | undefined {
    return this.byId.get(object.text("parent") ?? object.text("parentVApp") ?? "");
  }

  /** The name of its datacenter; empty outside of one. */
  public datacenter(object: ManagedObject): string {
    return this.above(object).find(({ type }) => type === "Datacenter")?.name ?? "";
  }

  /** The id of its datacenter; undefined outside of one. */
  public datacenterId(object: ManagedObject): string | undefined {
    return this.above(object).find(({ type }) => type === "Datacenter")?.id;
  }

  /** Its inventory path: the names from the root folder's children on, `/Milano/vm/milan/anagrafe`. */
  public inventoryPath(object: ManagedObject): string {
    return ["", ...[object, ...this.above(object)].map(({ name }) => name).reverse()].join("/");
  }

  /** The names of its folders below its datacenter's machine folder, with its own; only that of a machine in a vApp. */
  public path(object: ManagedObject): string {
    const above = this.above(object).filter(({ type }) => type === "Folder" || type === "Datacenter");
    if (this.parent(object)?.type !== "Folder") return object.name;
    const folders = above.slice(0, Math.max(0, above.findIndex(({ type }) => type === "Datacenter") - 1));
    return [object, ...folders]
      .map(({ name }) => name)
      .reverse()
      .join("/");
  }

  private above(object: ManagedObject): ManagedObject[] {
    const above: ManagedObject[] = [];
    for (let next = this.parent(object); next !== undefined && !above.includes(next); next = this.parent(next))
      above.push(next);
    return above;
  }
}
