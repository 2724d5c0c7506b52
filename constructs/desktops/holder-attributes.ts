import { CustomAttribute } from "@cdktf/provider-vsphere/lib/custom-attribute";
import { Construct } from "constructs";

/** The city whose machines get the attributes. */
export interface HolderAttributesProps {
  /** City id; prefix of the attributes' names, which are global in a vCenter. */
  readonly city: string;
}

/** Custom attributes for a machine's holder: a staff number, never a name, and a directorate. */
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
