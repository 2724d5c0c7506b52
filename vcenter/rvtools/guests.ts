/** A guest as a sheet names it, and vSphere's identifier; `$1` is the number in its name. */
type Guest = readonly [name: RegExp, id: string];

/**
 * vCenter's names of guests ("OS according to the configuration file"), without the number of bits: those of 32 and 64 bits
 * differ in `_64`. The pairs of Linux, Windows 10 and the servers up to 2016 are as five public vCenters have them
 * (docs/field.md, "Real inventories"); newer ones follow VMware's list (VirtualMachineGuestOsIdentifier).
 */
const GUESTS: readonly Guest[] = [
  [/^Microsoft Windows (1[12])$/, "windows$1"],
  [/^Microsoft Windows 10$/, "windows9"],
  [/^Microsoft Windows 8(?:\.x)?$/, "windows8"],
  [/^Microsoft Windows 7$/, "windows7"],
  [/^Microsoft Windows Server 2025$/, "windows2022srvNext"],
  [/^Microsoft Windows Server 2022$/, "windows2019srvNext"],
  [/^Microsoft Windows Server 2019$/, "windows2019srv"],
  [/^Microsoft Windows Server 2016(?: or later)?$/, "windows9Server64"],
  [/^Microsoft Windows Server 2012$/, "windows8Server64"],
  [/^Ubuntu Linux$/, "ubuntu"],
  [/^Debian GNU\/Linux (\d+)$/, "debian$1"],
  [/^Red Hat Enterprise Linux (\d+)$/, "rhel$1"],
  [/^CentOS (\d+)$/, "centos$1"],
  [/^Oracle Linux (\d+)$/, "oracleLinux$1"],
  [/^SUSE Linux Enterprise (\d+)$/, "sles$1"],
  [/^Rocky Linux$/, "rockylinux"],
  [/^AlmaLinux$/, "almalinux"],
  [/^VMware Photon OS$/, "vmwarePhoton"],
  [/^Other (\d)\.x(?: or later)? Linux$/, "other$1xLinux"],
  [/^Other Linux$/, "otherLinux"],
];
/** Identifiers that have no underscore before the number of bits. */
const PLAIN = /^(?:ubuntu|vmwarePhoton|other\dxLinux|otherLinux|windows\dServer)/;

/** vSphere's identifier of a guest that RVTools names; empty where the name is not known. */
export function guestIdOf(name: string): string {
  const [, system = name, bits = "64"] = /^(.*?) \((32|64)-bit\)$/.exec(name) ?? [];
  for (const [pattern, id] of GUESTS) {
    if (!pattern.test(system)) continue;
    const base = system.replace(pattern, id);
    if (bits === "32" || base.endsWith("64")) return `${base}Guest`;
    return `${base}${PLAIN.test(base) ? "64" : "_64"}Guest`;
  }
  return "";
}
