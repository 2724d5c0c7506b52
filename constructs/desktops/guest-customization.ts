import type { VirtualMachineCloneCustomize } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { answerFile, namedAnswerFile } from "./answer-file";
import type { WindowsSettings } from "./answer-file";

/** Key of the machine in its `for_each`: the seat's name. */
const SEAT = "${each.key}";
/**
 * The provider accepts a Windows customization only with a workgroup or a domain; a domain's login would be in the
 * state.
 */
const WORKGROUP = "WORKGROUP";
/**
 * Microsoft, "Time Zone Index Values": 110 is W. Europe Standard Time, which includes Rome; 90 is Greenwich Standard
 * Time, without summer time. The provider's default, 85, is London's and has one.
 */
const WINDOWS_TIME_ZONES = { "Europe/Rome": 110, UTC: 90 } as const;

/** Settings of vSphere's guest customization; the host name is the seat's. */
export interface GuestCustomization {
  /** Time zone. */
  readonly timeZone: keyof typeof WINDOWS_TIME_ZONES;
  /** DNS domain, for Linux; Windows gets it when it joins the domain. */
  readonly domain: string;
  /** Settings of Windows. @default - the template's */
  readonly windows?: WindowsSettings | undefined;
  /** Text of an answer file of Windows Setup, instead of `windows` and `timeZone`. @default - none */
  readonly answerFile?: string | undefined;
}

/**
 * The guest customization of a clone: Sysprep for a Windows guest id, otherwise VMware Tools in Linux. Addresses come
 * from DHCP. It holds no password and no domain login, since both would be in the state.
 * @param waitMinutes how long a deployment waits for it to end; 0 does not wait
 */
export function customize(
  guestId: string,
  settings: GuestCustomization,
  waitMinutes: number,
): VirtualMachineCloneCustomize {
  // vSphere requires as many interfaces as the machine has; one without an address uses DHCP.
  const common = { networkInterface: [{}], timeout: waitMinutes };
  const { timeZone, domain } = settings;
  return guestId.startsWith("win")
    ? { ...common, ...sysprep(settings) }
    : { ...common, linuxOptions: { hostName: SEAT, domain, timeZone } };
}

/** The provider's `windows_options` have neither a locale nor a KMS host: with such, the answer file is ours. */
function sysprep({ timeZone, windows, answerFile: own }: GuestCustomization): Partial<VirtualMachineCloneCustomize> {
  if (own !== undefined) return { windowsSysprepText: namedAnswerFile(own, SEAT) };
  if (windows !== undefined) return { windowsSysprepText: answerFile(SEAT, timeZone, windows) };
  return { windowsOptions: { computerName: SEAT, workgroup: WORKGROUP, timeZone: WINDOWS_TIME_ZONES[timeZone] } };
}
