import { Tag } from "@cdktf/provider-vsphere/lib/tag";
import { TagCategory } from "@cdktf/provider-vsphere/lib/tag-category";
import { Construct } from "constructs";
import { entry } from "../entry";

/** vCenter's own switches are of the second type; its client always sets both. */
const SWITCHES = ["DistributedVirtualSwitch", "VmwareDistributedVirtualSwitch"];
const TAGGED = ["Folder", "ResourcePool", "VirtualMachine", "DistributedVirtualPortgroup", ...SWITCHES];

/** The input of a city's project tags. */
export interface ProjectTagsProps {
  /** City id; prefix of the categories' names, which are global in a vCenter. */
  readonly city: string;
  /** Project code, such as MI6.1.1.b. @default - no category and no tag of a project */
  readonly projectCode?: string | undefined;
  /** Codice Unico di Progetto. @default - no CUP category and no CUP tag */
  readonly cup?: string | undefined;
  /** Directorates: id and published name. */
  readonly directorates: readonly { readonly id: string; readonly name: string }[];
}

/** Tag categories for project code, CUP and directorate, with their tags, for reports by funding and by owner. */
export class ProjectTags extends Construct {
  /** Ids of the tags of everything in the project: its code and its CUP, where they are set. */
  public readonly project: readonly string[];
  private readonly directorates: ReadonlyMap<string, Tag>;

  public constructor(scope: Construct, id: string, props: ProjectTagsProps) {
    super(scope, id);
    const codeTag = props.projectCode === undefined ? [] : [this.codeTag(props.city, props.projectCode)];
    const cupTag = props.cup === undefined ? [] : [this.cupTag(props.city, props.cup)];
    this.project = [...codeTag, ...cupTag].map((tag) => tag.id);
    this.directorates = this.directorateTags(props);
  }

  /** Ids of the tags of what belongs to a directorate: the project's and its own. @param directorate undefined for the city as a whole */
  public forDirectorate(directorate: string | undefined): string[] {
    return [...this.project, ...(directorate === undefined ? [] : [entry(this.directorates, directorate, this).id])];
  }

  private directorateTags({ city, directorates }: ProjectTagsProps): Map<string, Tag> {
    if (directorates.length === 0) return new Map();
    const category = this.category("directorate", `${city}-directorate`, "Directorate that uses it");
    return new Map(directorates.map(({ id, name }) => [id, this.tag(`directorate-${id}`, id, category, name)]));
  }

  private codeTag(city: string, code: string): Tag {
    const category = this.category("project", `${city}-project`, "Project code in the funding programme");
    return this.tag("project-code", code, category);
  }

  private cupTag(city: string, cup: string): Tag {
    return this.tag("cup-code", cup, this.category("cup", `${city}-cup`, "Codice Unico di Progetto"));
  }

  private category(id: string, name: string, description: string): TagCategory {
    return new TagCategory(this, id, { name, description, cardinality: "SINGLE", associableTypes: TAGGED });
  }

  private tag(id: string, name: string, category: TagCategory, description?: string): Tag {
    return new Tag(this, id, { name, categoryId: category.id, ...(description !== undefined && { description }) });
  }
}
