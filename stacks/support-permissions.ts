import { Construct } from "constructs";
import { entry } from "../constructs/entry";
import { SupportPermissions, SupportRole } from "../constructs/support";
import type { PermissionObject } from "../constructs/support";
import type { CityStack } from "./city-stack";
import type { PlannedPermissions, SupportStackPlan } from "./plans/support-plan";

/** The objects of a stack that a plan's object stands for, by the ids of their constructs: a resource pool is one a cluster. */
export type ObjectsOf = (
  object: PlannedPermissions["object"],
  scope: Construct,
) => readonly (readonly [id: string, object: PermissionObject])[];

/**
 * Declares a stack's support roles and the permissions that they have. Those on the city's folder are at the address that they
 * had before there were duties.
 */
export function declareSupport(stack: CityStack, { roles, permissions }: SupportStackPlan, objectsOf: ObjectsOf): void {
  const scope = new Construct(stack, "support");
  const made = new Map(roles.map(({ id, ...props }) => [id, new SupportRole(scope, id, props)]));
  const objects = new Construct(stack, "support-objects");
  const scopes = new Map(
    [...new Set(permissions.map(({ object }) => object.kind))].map((kind) => [kind, new Construct(objects, kind)]),
  );
  for (const { object, grants } of permissions) {
    const granted = grants.map(({ role, group }) =>
      role === undefined ? SupportPermissions.readOnly(group) : entry(made, role, stack),
    );
    const within = entry(scopes, object.kind, stack);
    for (const [id, target] of objectsOf(object, within)) {
      const [at, name] = object.kind === "city" ? [scope, "permissions"] : [within, id];
      new SupportPermissions(at, name, { object: target, roles: granted });
    }
  }
}
