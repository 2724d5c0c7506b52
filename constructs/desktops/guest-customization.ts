import type { VirtualMachineCloneCustomize } from "@cdktf/provider-vsphere/lib/virtual-machine";

/** Key of the machine in its `for_each`: the seat's name. */
const SEAT = "${each.key}";
/** The provider takes a Windows customization only with a workgroup or a domain; the domain's login would be in the state. */
const WORKGROUP = "WORKGROUP";
/**
 * Microsoft, "Time Zone Index Values": 110 is W. Europe Standard Time, with Rome; 90 is Greenwich Standard Time, without
 * summer time. 85, which the provider takes by default, is London's and has one.
 */
const WINDOWS_TIME_ZONES = { "Europe/Rome": 110, UTC: 90 } as const;

/** What vSphere tells the guest of a new machine beside its name, which is its seat's. */
export interface GuestCustomization {
  /** Time zone. */
  readonly timeZone: keyof typeof WINDOWS_TIME_ZONES;
  /** DNS domain, which Linux is told; Windows gets it when it joins. */
  readonly domain: string;
}

/**
 * The guest customization of a clone: by Sysprep for a Windows guest id, else by VMware Tools in Linux. Addresses come from
 * DHCP. No password and no domain's login is in it, for both would be in the state.
 * @param waitMinutes how long a deployment waits for its end; 0 does not wait
 */
export function customize(
  guestId: string,
  { timeZone, domain }: GuestCustomization,
  waitMinutes: number,
): VirtualMachineCloneCustomize {
  // vSphere wants as many interfaces as the machine has; one without an address asks DHCP.
  const common = { networkInterface: [{}], timeout: waitMinutes };
  return guestId.startsWith("win")
    ? {
        ...common,
        windowsOptions: { computerName: SEAT, workgroup: WORKGROUP, timeZone: WINDOWS_TIME_ZONES[timeZone] },
      }
    : { ...common, linuxOptions: { hostName: SEAT, domain, timeZone } };
}
