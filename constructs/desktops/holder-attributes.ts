import { CustomAttribute } from "@cdktf/provider-vsphere/lib/custom-attribute";
import { Construct } from "constructs";

/** What tells who has a machine. */
export interface HolderAttributesProps {
  /** City id; begins the attributes' names, since an attribute is one for the whole vCenter. */
  readonly city: string;
}

/** Custom attributes of machines for who has them: a staff number, never a name, and a directorate. */
export class HolderAttributes extends Construct {
  /** Id of the attribute for the staff number. */
  public readonly staffId: string;
  /** Id of the attribute for the directorate. */
  public readonly directorateId: string;

  public constructor(scope: Construct, id: string, { city }: HolderAttributesProps) {
    super(scope, id);
    this.staffId = this.attribute("staff", `${city}-holder-staff`);
    this.directorateId = this.attribute("directorate", `${city}-holder-directorate`);
  }

  private attribute(id: string, name: string): string {
    return new CustomAttribute(this, id, { name, managedObjectType: "VirtualMachine" }).id;
  }
}
