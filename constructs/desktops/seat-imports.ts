import type { TerraformResource } from "cdktf";
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Machines that exist already and come into a resource. */
export interface SeatImportsProps {
  /** The resource, with the seats' names as keys. */
  readonly resource: TerraformResource;
  /** The inventory path of each seat's machine, from the datacenter on: `/Milano/vm/Smart Working 2020/PC-0412`. */
  readonly machines: ReadonlyMap<string, string>;
}

/**
 * Terraform's `import` block of a shard: one for all machines that it adopts. For a seat that is in the state already it
 * says nothing.
 */
export class SeatImports extends TerraformElement {
  private readonly props: SeatImportsProps;

  public constructor(scope: Construct, id: string, props: SeatImportsProps) {
    super(scope, id);
    this.props = props;
  }

  public override toTerraform(): object {
    const { resource, machines } = this.props;
    if (machines.size === 0) return {};
    const { terraformResourceType, friendlyUniqueId } = resource;
    return {
      import: [
        {
          for_each: `\${${JSON.stringify(Object.fromEntries(machines))}}`,
          to: `${terraformResourceType}.${friendlyUniqueId}[each.key]`,
          id: "${each.value}",
        },
      ],
    };
  }
}
