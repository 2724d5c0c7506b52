/** Options of a deployment that are not in the city's file. */
export interface Deployment {
  /** Accept any certificate of the vCenter: the lab makes a new one at each start. @default false */
  readonly allowUnverifiedTls?: boolean;
  /** Provider versions to require. @default - those of the city's file */
  readonly providerVersions?: { readonly vsphere?: string | undefined; readonly vault?: string | undefined };
  /** The stacks are synthesized to be destroyed: nothing protects machines and stores of secrets. @default false */
  readonly teardown?: boolean;
}

/**
 * Whether the vSphere provider restarts every machine whose guestinfo changes: before 2.3.0 it knew no
 * `extra_config_reboot_required` (its changelog). The lab may run such a one.
 */
export function restartsForGuestinfo(deployment: Deployment): boolean {
  return isBefore(deployment, 2, 3);
}

/** Whether the vSphere provider knows `vbs_enabled` and `vvtd_enabled`: since 2.0.0. The lab may run an older one. */
export function knowsVbs(deployment: Deployment): boolean {
  return !isBefore(deployment, 2, 0);
}

/** A city's file names no provider that is older. */
function isBefore({ providerVersions }: Deployment, wantedMajor: number, wantedMinor: number): boolean {
  const version = providerVersions?.vsphere;
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
