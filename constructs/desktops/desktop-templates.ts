import { DataVsphereContentLibrary } from "@cdktf/provider-vsphere/lib/data-vsphere-content-library";
import { DataVsphereContentLibraryItem } from "@cdktf/provider-vsphere/lib/data-vsphere-content-library-item";
import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { Construct } from "constructs";

/** A template that machines are cloned from. */
export interface DesktopTemplate {
  /** Its name in vCenter's inventory, or the name of the content library's item. */
  readonly name: string;
  /** Name of the content library; its item must be of type VM template. @default - the template is in the inventory */
  readonly library?: string;
}

/** What a machine takes from its template, as expressions without `${}`. */
export interface TemplateExpressions {
  /** Id of the template. */
  readonly id: string;
  /** Type of the disk controller. */
  readonly scsiType: string;
}

/** Templates to look up. */
export interface DesktopTemplatesProps {
  /** The templates; a repeated one is looked up once. */
  readonly templates: readonly DesktopTemplate[];
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
}

/**
 * A content library does not report an item's disk controller; this is the provider's default, and VMware's
 * recommendation.
 */
const ITEM_SCSI_TYPE = '"pvscsi"';

/** A key for a template, unique among the inventory and all libraries; a name cannot contain a slash. */
export function templateKey({ name, library }: DesktopTemplate): string {
  return library === undefined ? name : `${library}/${name}`;
}

/** Looks up templates, in the inventory and in content libraries. */
export class DesktopTemplates extends Construct {
  /** What machines take from each template, by its key. */
  public readonly expressions: ReadonlyMap<string, TemplateExpressions>;
  private readonly libraries = new Map<string, DataVsphereContentLibrary>();

  public constructor(scope: Construct, id: string, { templates, datacenterId }: DesktopTemplatesProps) {
    super(scope, id);
    const once = new Map(templates.map((template) => [templateKey(template), template]));
    this.expressions = new Map(
      [...once].map(([key, { name, library }]) => [
        key,
        library === undefined ? this.machine(name, datacenterId) : this.item(key, name, library),
      ]),
    );
  }

  private machine(name: string, datacenterId: string): TemplateExpressions {
    const { fqn } = new DataVsphereVirtualMachine(this, name, { name, datacenterId });
    return { id: `${fqn}.id`, scsiType: `${fqn}.scsi_type` };
  }

  private item(key: string, name: string, library: string): TemplateExpressions {
    const id = key.replaceAll("/", "-");
    const libraryId = this.library(library).id;
    const { fqn } = new DataVsphereContentLibraryItem(this, `item-${id}`, { name, libraryId, type: "vm-template" });
    return { id: `${fqn}.id`, scsiType: ITEM_SCSI_TYPE };
  }

  private library(name: string): DataVsphereContentLibrary {
    const known = this.libraries.get(name) ?? new DataVsphereContentLibrary(this, `library-${name}`, { name });
    this.libraries.set(name, known);
    return known;
  }
}
