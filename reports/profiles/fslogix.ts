import type { SharedPool } from "./profile-pools";

const MIB_PER_GIB = 1024;

/**
 * The values that Microsoft's "FSLogix configuration examples" has for a standard profile container, and those of its
 * "Configuration settings reference" by which nobody works in a profile that goes with his session: PreventLoginWithFailure and
 * PreventLoginWithTempProfile. A group policy of the template fslogix.admx sets the same.
 */
export function registryFile({ share: { server, share, sizeGib } }: SharedPool): string {
  const numbers: readonly (readonly [name: string, value: number])[] = [
    ["Enabled", 1],
    ["DeleteLocalProfileWhenVHDShouldApply", 1],
    ["FlipFlopProfileDirectoryName", 1],
    ["IsDynamic", 1],
    ["LockedRetryCount", 3],
    ["LockedRetryInterval", 15],
    ["PreventLoginWithFailure", 1],
    ["PreventLoginWithTempProfile", 1],
    ["ProfileType", 0],
    ["ReAttachIntervalSeconds", 15],
    ["ReAttachRetryCount", 3],
    ["SizeInMBs", sizeGib * MIB_PER_GIB],
  ];
  const place = ["", "", server, ...share.split("/")].join("\\");
  const lines = [
    "Windows Registry Editor Version 5.00",
    "",
    String.raw`[HKEY_LOCAL_MACHINE\SOFTWARE\FSLogix\Profiles]`,
    ...numbers.map(([name, value]) => `"${name}"=dword:${value.toString(16).padStart(8, "0")}`),
    `"VHDLocations"="${place.replaceAll("\\", "\\\\")}"`,
    '"VolumeType"="VHDX"',
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}
