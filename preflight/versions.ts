import { enumerated } from "./check";
import type { Compared, PreflightFinding } from "./check";
import { count } from "../environments/display";
import type { Path } from "../environments/path";

/** Something of a file that a release of vCenter and ESXi began with. */
interface Need {
  readonly path: Path;
  readonly what: string;
  /** First release, such as `8.0.0`. */
  readonly since: string;
}

/**
 * vSphere API reference, VirtualMachineGuestOsIdentifier, "Since" of each value; govmomi 0.55.1 has it as
 * minAPIVersionForEnumValue. Those of before 7.0 are left out.
 */
const GUESTS: readonly (readonly [since: string, ids: readonly string[]])[] = [
  ["7.0.1", ["rhel9", "centos9", "oracleLinux9", "sles16", "other5xLinux", "windows2019srvNext"]],
  ["8.0.0", ["windows11", "windows12", "windows2022srvNext", "debian12", "rockylinux", "almalinux", "other6xLinux"]],
  ["9.0.0", ["debian13", "rhel10", "oracleLinux10", "other7xLinux"]],
];
/** VMware, "vSphere Security", "Requirements for vTPM": vCenter Server and ESXi 6.7 or later. */
const VIRTUAL_TPM = "6.7.0";
/**
 * VMware, "vSphere Security" (8.0), "Virtualization-based Security Best Practices": with Intel's CPUs from 6.7 on; AMD's ask for
 * 7.0 Update 2, and an inventory does not say whose a host's are.
 */
const VBS = "6.7.0";
/**
 * The provider supports releases in general support (its README, "product lifecycle"); Broadcom's product lifecycle has its
 * end for vSphere 7.0 on 2025-10-02 (before it was put off: 2025-04-02), for 8.0 on 2027-10-11.
 */
const SUPPORTED = "8.0.0";

/** vCenter and the hosts have the releases that the file's guests, TPMs and switch began with. */
export function* versions({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const named = city.platform.clusters.flatMap((cluster) => cluster.hosts);
  const hosts = inventory.hosts.filter(({ name, version }) => named.includes(name) && version !== "");
  const { version: server } = inventory;
  for (const { path, what, since } of needs(city)) {
    const old = hosts.filter(({ version }) => isOlder(version, since));
    const servers = server !== undefined && isOlder(server, since) ? [`vCenter is ${server}`] : [];
    if (old.length === 0 && servers.length === 0) continue;
    const releases = [...new Set(old.map(({ version }) => version))].sort().join(", ");
    const older =
      old.length === 0
        ? []
        : [`${count(old.length, "host")} with ESXi ${releases}: ${enumerated(old.map(({ name }) => name))}`];
    yield {
      ...{ path, weight: "wrong", expected: `vCenter and ESXi ${since} or later` },
      message: `${what} began with vSphere ${since}, but ${[...servers, ...older].join(", and ")}`,
      repair: "upgrade them, or change it in the file",
    };
  }
  if (server !== undefined && isOlder(server, SUPPORTED))
    yield {
      ...{ path: ["platform", "vsphere", "server"], weight: "question", expected: `${SUPPORTED} or later` },
      message: `vCenter is ${server}, whose general support ended, and with it the provider's`,
      repair: "upgrade it",
    };
}

function* needs({ images, workstations, network }: Compared["city"]): Iterable<Need> {
  for (const [image, { guestId }] of Object.entries(images)) {
    const since = guestSince(guestId);
    if (since !== undefined) yield { path: ["images", image, "guestId"], what: `the guest ${guestId}`, since };
  }
  for (const [name, { tpm, vbs }] of Object.entries(workstations)) {
    if (tpm) yield { path: ["workstations", name, "tpm"], what: "a virtual TPM", since: VIRTUAL_TPM };
    if (vbs) yield { path: ["workstations", name, "vbs"], what: "virtualization-based security", since: VBS };
  }
  const { version } = network.switch;
  if (version !== undefined)
    yield { path: ["network", "switch", "version"], what: `a switch of the version ${version}`, since: version };
}

function guestSince(guestId: string): string | undefined {
  const name = guestId.replace(/(?:_?64)?Guest$/, "");
  return GUESTS.find(([, ids]) => ids.includes(name))?.[0];
}

/** Whether a version such as `7.0.1` is before another. */
function isOlder(version: string, than: string): boolean {
  const [own, other] = [numbers(version), numbers(than)];
  const index = other.findIndex((part, position) => part !== (own[position] ?? 0));
  return index >= 0 && (own[index] ?? 0) < (other[index] ?? 0);
}

function numbers(version: string): number[] {
  return version.split(".").map(Number);
}
