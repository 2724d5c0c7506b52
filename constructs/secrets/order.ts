import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** The resources below a construct. */
export function resourcesBelow(scope: Construct): TerraformResource[] {
  return scope.node.findAll().filter((node) => node instanceof TerraformResource);
}

/**
 * Makes Terraform create one resource, where there is such a one, before all others, and one after them; destruction goes the
 * other way round.
 */
export function inOrder(
  resources: readonly TerraformResource[],
  first: TerraformResource | undefined,
  last: TerraformResource,
): void {
  const others = resources.filter((resource) => resource !== first && resource !== last);
  const earliest = first === undefined ? [] : [first];
  for (const resource of others) after(resource, earliest);
  after(last, [...earliest, ...others]);
}

function after(resource: TerraformResource, earlier: readonly TerraformResource[]): void {
  if (earlier.length === 0) return;
  resource.dependsOn = [...(resource.dependsOn ?? []), ...earlier.map(addressOf).sort()];
}

/** An address for `depends_on`, which takes no expression. */
function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
