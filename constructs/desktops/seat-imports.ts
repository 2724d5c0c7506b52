import type { TerraformResource } from "cdktf";
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { seatLocal } from "./seat-local";

/** Existing machines that a resource adopts. */
export interface SeatImportsProps {
  /** The resource, keyed by seat. */
  readonly resource: TerraformResource;
  /** The inventory path of each seat's machine, from the datacenter: `/Milano/vm/Smart Working 2020/PC-0412`. */
  readonly machines: ReadonlyMap<string, string>;
}

/**
 * Terraform's `import` block of a shard, for all adopted machines. For a seat that is in the state already it has no
 * effect.
 */
export class SeatImports extends TerraformElement {
  private readonly resource: TerraformResource;
  private readonly paths: string;

  public constructor(scope: Construct, id: string, { resource, machines }: SeatImportsProps) {
    super(scope, id);
    this.resource = resource;
    this.paths = seatLocal(this, "paths", `\${${JSON.stringify(Object.fromEntries(machines))}}`);
  }

  public override toTerraform(): object {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return {
      import: [
        {
          for_each: this.paths,
          to: `${terraformResourceType}.${friendlyUniqueId}[each.key]`,
          id: "${each.value}",
        },
      ],
    };
  }
}
