export { SupportPermissions, SupportRole } from "./support-role";
export type { PermissionObject, SupportGrantee, SupportPermissionsProps, SupportRoleProps } from "./support-role";
