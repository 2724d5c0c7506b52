import { EntityPermissions } from "@cdktf/provider-vsphere/lib/entity-permissions";
import { Role } from "@cdktf/provider-vsphere/lib/role";
import { Construct } from "constructs";
import { taskPrivileges } from "../../access/vsphere/support-duties";
import type { SupportPlace, SupportTask } from "../../access/vsphere/support-duties";
import { ValidationError } from "../validation-error";

/** Kinds of objects whose permissions hold below them too. */
const PASSED_ON: readonly string[] = ["Folder", "ClusterComputeResource", "StoragePod"];

/** A directory group that supports a city's desktops. */
export interface SupportRoleProps {
  /** Name of the role, unique in the vCenter. */
  readonly name: string;
  /** The group, as `DOMAIN\group`. */
  readonly group: string;
  /** Its tasks; nothing else is granted. At least one needs a privilege on the kind of object. */
  readonly may: readonly SupportTask[];
  /** The kind of object that it is granted on: a task needs other privileges on each. @default "machines" */
  readonly on?: SupportPlace;
}

/** A vSphere role with exactly the privileges of its tasks. {@link SupportPermissions} grants it on an object. */
export class SupportRole extends Construct {
  /** Id of the role. */
  public readonly roleId: string;
  /** The group that gets it. */
  public readonly group: string;

  public constructor(scope: Construct, id: string, { name, group, may, on = "machines" }: SupportRoleProps) {
    super(scope, id);
    const rolePrivileges = taskPrivileges(may, on);
    const empty =
      rolePrivileges.length === 0
        ? [`none of its tasks needs a privilege on ${on}: grant SupportPermissions.readOnly`]
        : [];
    ValidationError.throwIfAny(empty, this);
    this.roleId = new Role(this, "role", { name, rolePrivileges }).id;
    this.group = group;
  }
}

/** A role's id and the group that gets it. */
export type SupportGrantee = Pick<SupportRole, "roleId" | "group">;

/**
 * Id of vCenter's own role "Read-only": System.Anonymous, System.View and System.Read ("vSphere Web Services API",
 * AuthorizationManager, system roles).
 */
const READ_ONLY = "-2";

/** An object that permissions are on. */
export interface PermissionObject {
  /** Its managed object type. */
  readonly type:
    "Folder" | "ResourcePool" | "Datastore" | "StoragePod" | "ClusterComputeResource" | "DistributedVirtualPortgroup";
  /** Managed object id. */
  readonly id: string;
}

/** Support roles for an object. */
export interface SupportPermissionsProps {
  /** The object. */
  readonly object: PermissionObject;
  /** The roles; at least one, and each group once. */
  readonly roles: readonly SupportGrantee[];
  /**
   * Whether they hold below the object too.
   * @default - of folders, clusters and storage clusters: a resource pool would pass them on to machines, beside what their folder gives
   */
  readonly propagate?: boolean;
}

/** The permissions of an object: one resource has them all, since vSphere keeps them as one list. */
export class SupportPermissions extends Construct {
  /** A group that only reads, by vCenter's own role. */
  public static readOnly(group: string): SupportGrantee {
    return { group, roleId: READ_ONLY };
  }

  public constructor(scope: Construct, id: string, { object, roles, propagate }: SupportPermissionsProps) {
    super(scope, id);
    ValidationError.throwIfAny(roles.length === 0 ? ["permissions need at least one role"] : [], this);
    new EntityPermissions(this, "permissions", {
      entityId: object.id,
      entityType: object.type,
      permissions: roles.toSorted(byGroup).map(({ group, roleId }) => ({
        userOrGroup: group,
        isGroup: true,
        propagate: propagate ?? PASSED_ON.includes(object.type),
        roleId,
      })),
    });
  }
}

/** The provider's order when it reads: another one would be a change in every plan. */
function byGroup(a: SupportGrantee, b: SupportGrantee): number {
  return a.group.toLowerCase() < b.group.toLowerCase() ? -1 : 1;
}
