import { count } from "../../environments/display";
import { table, text } from "../../segmentation/render/markdown-text";
import type { Handover } from "./handover";
import type { HandoverTrunk, HandoverVlan } from "./switching";

/** The trunks to hosts: VLANs, MTU, teaming and LACP. */
export function trunkSection(handover: Handover): string[] {
  const { trunks, vlans } = handover;
  const { name, existing, mtu } = handover.switch;
  const made = existing
    ? `The distributed switch ${text(name)} exists. It must have these uplinks, the MTU and the private VLANs below.`
    : `The distributed switch ${text(name)} is made by Terraform, which takes the adapters below: they must be free.`;
  return [
    "## Trunks to the hosts",
    made,
    table(["cluster", "hosts", "adapters"], trunks.map(trunkRow)),
    `Each port is an 802.1Q trunk of the VLANs ${vlans.map(({ vlan }) => vlan).join(", ")}, with no other VLAN, and untagged ` +
      "frames dropped. Spanning tree treats it as an edge port (portfast trunk, with BPDU guard): a host forwards no BPDU.",
    `MTU: frames of ${String(mtu)} bytes of payload on every port and link between the hosts; with the header, the tag and ` +
      `the checksum ${String(mtu + FRAME)} bytes on the wire. Smaller segments are in the table of VLANs.`,
    ...channel(handover.switch),
  ];
}

/** Ethernet's header, 802.1Q's tag and the checksum, in bytes (IEEE 802.3, clause 3; 802.1Q, clause 9). */
const FRAME = 14 + 4 + 4;

function trunkRow({ cluster, hosts, adapters }: HandoverTrunk): string[] {
  const shown = adapters.map(({ adapter, uplink, state }) => `${adapter} (${uplink}, ${state})`);
  return [text(cluster), `${count(hosts.length, "host")}: ${hosts.map(text).join(", ")}`, shown.join(", ")];
}

function channel({ policy = "loadbalance_srcid", lacp }: Handover["switch"]): string[] {
  if (lacp !== undefined) {
    const group = lacp.group === undefined ? "" : `, the group ${text(lacp.group)} of the distributed switch`;
    const peer = lacp.mode === "active" ? "active or passive" : "active";
    return [
      `LACP: one port channel for each host, of all its ports above${group}; hosts are ${lacp.mode}, so the physical side is ` +
        `${peer}. The number of ports and the hash are the same on both sides. Of a host with ports on two switches these must ` +
        "be one for LACP (a stack, MLAG).",
    ];
  }
  if (policy === "loadbalance_ip")
    return [
      "Static port channel: one for each host, of all its ports, without LACP, with a hash of both IP addresses.",
    ];
  return [
    `No port channel and no LACP: the teaming policy ${policy} uses each port by itself, also on different switches.`,
  ];
}

/** The VLANs, and what private ones ask of physical switches. */
export function privateVlanSection(handover: Handover): string[] {
  const { vlans, gateways } = handover;
  const head = ["VLAN", "kind", "primary", "segments", "MTU"];
  const secondaries = vlans.filter(({ primary }) => primary !== undefined);
  const rows = table(head, vlans.map(vlanRow));
  if (secondaries.length === 0) return ["## VLANs", rows];
  return [
    "## VLANs",
    "A frame from a desktop has the tag of its secondary VLAN, a frame to it the tag of the primary: both must be on every " +
      "trunk, between switches too.",
    rows,
    "### Switches that know private VLANs",
    "Each pair of primary and secondary VLAN with its type, as in the table, on every switch on the way; the ports to hosts " +
      `are ordinary trunks that carry both. ${mapping(gateways, pairs(secondaries))}`,
    "### Switches that do not know private VLANs",
    "They carry every primary and secondary VLAN as VLANs of their own, and must be told of each: VMware asks for switches " +
      'that know them ("vSphere Networking", Private VLANs). What breaks on one that does not:',
    ...breakages(gateways, secondaries),
  ];
}

function breakages(gateways: boolean, secondaries: readonly HandoverVlan[]): string[] {
  return [
    `- **A secondary VLAN is missing** (${secondaries.map(({ vlan }) => vlan).join(", ")}) in its database or on a trunk: a ` +
      "desktop is heard on its own host alone. It works in a trial on one host, and fails when DRS moves a machine. Enter all of " +
      "them first.",
    "- **Flooding**: it learns a desktop's address in the secondary VLAN alone, and finds none in the primary: every frame to " +
      "a desktop goes to all ports of the primary. Storm control and the blocking of unknown unicast must let that pass, and " +
      "the uplinks carry it.",
    "- **Ports on it are not isolated**: no access port belongs to a secondary VLAN, or its machine would be among the desktops.",
    gateways
      ? "- **No physical router** stands in a primary VLAN of this city: the gateways are machines on the distributed switch."
      : "- **The city's firewalls stand in the primary VLANs**: on such a switch they hear nothing that desktops send, which has " +
        "the secondary's tag. Their ports need a switch with the promiscuous mapping above. An interface of the firewall in the " +
        "secondary VLAN is no way out: isolated desktops do not hear frames with that tag.",
  ];
}

function pairs(secondaries: readonly HandoverVlan[]): string {
  return secondaries.map(({ vlan, primary }) => `${String(primary)} with ${String(vlan)}`).join(", ");
}

function mapping(gateways: boolean, pairsText: string): string {
  return gateways
    ? "No physical port is promiscuous: the gateways' ports are on the distributed switch."
    : `The ports of the city's firewalls are promiscuous, with the mapping of each primary VLAN to its secondaries: ${pairsText}.`;
}

function vlanRow({ vlan, kind, primary, segments, mtu }: HandoverVlan): string[] {
  return [String(vlan), kind, primary === undefined ? "" : String(primary), segments.map(text).join(", "), String(mtu)];
}
