export { SupportPermissions, SupportRole } from "./support-role";
export type { SupportPermissionsProps, SupportRoleProps } from "./support-role";
