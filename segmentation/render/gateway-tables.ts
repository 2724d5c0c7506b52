import type { GatewayTables } from "../gateway";

/** The module that brings the settings of the connection table: systemd-sysctl leaves out what is not there yet. */
export const TABLES_MODULE = "nf_conntrack";

/** RFC 5382, REQ-5: at least 2 hours and 4 minutes. The kernel keeps dead connections for 5 days. */
const ESTABLISHED_SECONDS = 7440;
/** The most that vmxnet3's first ring has. Its default is 512, which a burst of a thousand desktops overflows. */
const RING = 4096;
/** Bytes of an entry, with its slot in the hash table: measured by `npm run bench -- gateway-tables`. */
const [CONNECTION_BYTES, NEIGHBOUR_BYTES] = [320, 1024];
/** The table may grow to this many times its entries before any is refused. */
const NEIGHBOUR_ROOM = 4;
const FAMILIES = ["ipv4", "ipv6"] as const;
const MIB = 1024 * 1024;

/** Receive buffers of one queue of an adapter, in MiB: 4,096 of 2 KiB, and as much again for those of large packets. */
export const QUEUE_MIB = 16;

/**
 * Kernel settings by which neither table overflows. No neighbour is collected below the first threshold, which Debian
 * sets to 128; above the third, Debian's 1,024, packets to new neighbours are lost.
 */
export function tableSettings({ neighbours, connections }: GatewayTables): string {
  const thresholds = [neighbours, 2 * neighbours, NEIGHBOUR_ROOM * neighbours];
  return [
    ...FAMILIES.flatMap((family) =>
      thresholds.map(
        (entries, index) => `net.${family}.neigh.default.gc_thresh${String(index + 1)} = ${String(entries)}`,
      ),
    ),
    `net.netfilter.nf_conntrack_buckets = ${String(connections)}`,
    `net.netfilter.nf_conntrack_max = ${String(connections)}`,
    `net.netfilter.nf_conntrack_tcp_timeout_established = ${String(ESTABLISHED_SECONDS)}`,
    "",
  ].join("\n");
}

/** Memory of full tables, in MiB. */
export function tablesMib({ neighbours, connections }: GatewayTables): number {
  const bytes = FAMILIES.length * NEIGHBOUR_ROOM * neighbours * NEIGHBOUR_BYTES + connections * CONNECTION_BYTES;
  return Math.ceil(bytes / MIB);
}

/** A shell line for every boot: adapters begin with small rings. One that has them already is no error. */
export function ringCommand(interfaces: readonly string[]): string {
  const size = String(RING);
  return `for leg in ${interfaces.join(" ")}; do ethtool -G "$leg" rx ${size} tx ${size} || :; done`;
}
