import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** An object of a vCenter and its properties, as an ObjectContent of the web service gives them. */
export class ManagedObject {
  private constructor(
    /** Managed object id, such as `host-10`. */
    public readonly id: string,
    /** Managed object type, such as `HostSystem`. */
    public readonly type: string,
    private readonly properties: ReadonlyMap<string, Element>,
  ) {}

  /** @param content an ObjectContent: of an answer, or of a file that `govc object.save` wrote */
  public static of(content: Element): ManagedObject {
    const object = child(content, "obj");
    const entries = childrenOf(content, "propSet").flatMap((property): [string, Element][] => {
      const value = child(property, "val");
      return value === undefined ? [] : [[childText(property, "name") ?? "", value]];
    });
    return new ManagedObject(object?.text ?? "", object?.type ?? "", new Map(entries));
  }

  /** The name, in which vCenter writes `%`, `/` and `\` as codes; empty where it was not read. */
  public get name(): string {
    return (this.text("name") ?? "").replace(/%(?:25|2f|5c)/gi, decodeURIComponent);
  }

  /** The value at a path such as `summary.capacity`, where that property or one that contains it was read. */
  public at(path: string): Element | undefined {
    const own = this.properties.get(path);
    const dot = path.lastIndexOf(".");
    return own ?? (dot < 0 ? undefined : child(this.at(path.slice(0, dot)), path.slice(dot + 1)));
  }

  /** The same object with the properties of another reading beside its own. */
  public with(other: ManagedObject): ManagedObject {
    return new ManagedObject(this.id, this.type, new Map([...this.properties, ...other.properties]));
  }

  /** The text of the value at a path. */
  public text(path: string): string | undefined {
    return this.at(path)?.text;
  }

  /** The items of a list: the children of a property that was read by itself, or the repeated elements within another. */
  public items(path: string): readonly Element[] {
    const own = this.properties.get(path);
    if (own !== undefined) return own.children;
    const dot = path.lastIndexOf(".");
    return childrenOf(this.at(path.slice(0, dot)), path.slice(dot + 1));
  }

  /** The texts of a list's items, such as ids. */
  public texts(path: string): string[] {
    return this.items(path).map(({ text }) => text);
  }
}
