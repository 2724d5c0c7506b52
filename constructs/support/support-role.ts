import { EntityPermissions } from "@cdktf/provider-vsphere/lib/entity-permissions";
import { Role } from "@cdktf/provider-vsphere/lib/role";
import { Construct } from "constructs";
import { ValidationError } from "../validation-error";

/** A task of the support staff on desktops. */
export type SupportTask = "power" | "console" | "snapshot-revert";

/**
 * vSphere's privileges for each task (vSphere Security, "Defined Privileges": virtual machine interaction and
 * snapshots).
 */
const PRIVILEGES: Readonly<Record<SupportTask, readonly string[]>> = {
  power: ["VirtualMachine.Interact.PowerOff", "VirtualMachine.Interact.PowerOn", "VirtualMachine.Interact.Reset"],
  console: ["VirtualMachine.Interact.ConsoleInteract"],
  "snapshot-revert": ["VirtualMachine.State.RevertToSnapshot"],
};

/** A directory group that supports a city's desktops. */
export interface SupportRoleProps {
  /** Name of the role, unique in the vCenter. */
  readonly name: string;
  /** The group, as `DOMAIN\group`. */
  readonly group: string;
  /** Its tasks; nothing else is granted. */
  readonly may: readonly SupportTask[];
}

/** A vSphere role with exactly the privileges of its tasks. {@link SupportPermissions} grants it on a folder. */
export class SupportRole extends Construct {
  /** Id of the role. */
  public readonly roleId: string;
  /** The group that gets it. */
  public readonly group: string;

  public constructor(scope: Construct, id: string, props: SupportRoleProps) {
    super(scope, id);
    const role = new Role(this, "role", {
      name: props.name,
      rolePrivileges: [...new Set(props.may.flatMap((task) => PRIVILEGES[task]))].sort(),
    });
    this.roleId = role.id;
    this.group = props.group;
  }
}

/** Support roles for a folder and everything below it. */
export interface SupportPermissionsProps {
  /** Managed object id of the folder. */
  readonly folderId: string;
  /** The roles; at least one. */
  readonly roles: readonly SupportRole[];
}

/** The permissions of a folder: one resource has them all, since vSphere keeps them as one list. */
export class SupportPermissions extends Construct {
  public constructor(scope: Construct, id: string, props: SupportPermissionsProps) {
    super(scope, id);
    ValidationError.throwIfAny(props.roles.length === 0 ? ["permissions need at least one role"] : [], this);
    new EntityPermissions(this, "permissions", {
      entityId: props.folderId,
      entityType: "Folder",
      permissions: props.roles.toSorted(byGroup).map(({ group, roleId }) => ({
        userOrGroup: group,
        isGroup: true,
        propagate: true,
        roleId,
      })),
    });
  }
}

/** The provider's order when it reads: another one would be a change in every plan. */
function byGroup(a: SupportRole, b: SupportRole): number {
  return a.group.toLowerCase() < b.group.toLowerCase() ? -1 : 1;
}
