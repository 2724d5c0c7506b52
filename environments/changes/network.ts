import type { Change } from "./change";

/** What a change of segments, the switch and flows does. */
export const NETWORK_CHANGES: readonly Change[] = [
  {
    what: "`directorates`, `network.segments`, `hostGroups`: name or id",
    keys: [
      "directorates",
      "directorates.*.id",
      "network.segments",
      "network.segments.*.name",
      "platform.clusters.*.hostGroups.*.name",
    ],
    effect:
      "destroys one and creates another, so two deployments: declare the new one and move its pools; then remove the old one",
  },
  {
    what: "`network.segments.*.vlan` of a plain segment",
    keys: ["network.segments.*.vlan"],
    effect: "in place; the machines lose their connection until the physical network has the VLAN too",
  },
  {
    what: "`network.segments.*.privateVlan`, of a segment in use",
    keys: ["network.segments.*.privateVlan"],
    effect: "impossible while machines are connected: declare a new segment, move its pools, remove the old one later",
  },
  {
    what: "`network.segments.*.slaac`",
    keys: ["network.segments.*.slaac"],
    effect: "the gateways, below; machines make themselves addresses within a minute, or keep theirs until they expire",
  },
  {
    what: "`network.segments.*.subnet`, `subnet6`, `gateway`, `gateway6`",
    keys: [
      "network.segments.*.subnet",
      "network.segments.*.subnet6",
      "network.segments.*.gateway",
      "network.segments.*.gateway6",
    ],
    effect:
      "in place: the port group's note, and the gateways, below; machines get other addresses when DHCP renews them",
  },
  {
    what: "`network.segments.*.zone`, one added or removed",
    keys: ["network.segments.*.zone"],
    effect: "the gateways, below; flows and expectations on `zone:...` then include it",
  },
  {
    what: "`network.segments.*.dhcp`",
    keys: ["network.segments.*.dhcp"],
    effect: "configure the DHCP server itself; the gateways, below, relay requests to it",
  },
  {
    what: "`network.segments.*.mtu`",
    keys: ["network.segments.*.mtu"],
    effect: "the gateways, below; in machines the image sets it",
  },
  {
    what: "`network.switch.adapters`, `adaptersOf`",
    keys: ["network.switch.adapters", "network.switch.adaptersOf"],
    effect:
      "in place: hosts' adapters change uplinks, so the hosts lose this network for seconds; the adapters that are taken out must carry nothing else. Of an existing switch nothing",
  },
  {
    what: "`network.switch.teaming`, `lacp`, `networkIoControl`",
    keys: ["network.switch.teaming", "network.switch.lacp", "network.switch.networkIoControl"],
    effect:
      "in place, but the physical switch first: `report network --handover` says what it needs. Of an existing switch nothing. Removed: nothing, the switch keeps what it has",
  },
  {
    what: "`network.switch.version`",
    keys: ["network.switch.version"],
    effect: "raised: in place, for ever; it is never lowered",
  },
  {
    what: "`platform.clusters.*.hostAdapters`, `takenAdapters`",
    keys: ["platform.clusters.*.hostAdapters", "platform.clusters.*.takenAdapters"],
    effect: "nothing; the file is refused if the switch's adapters are not among them or not free",
  },
  {
    what: "`network.switch.existing`",
    keys: ["network.switch.existing"],
    effect:
      "never for a switch that is created from the file: true would delete it, false would create a second one. Move its state by hand first",
  },
  {
    what: "`network.flows`, `blocks`, `services`, `outside`, `management`; `applications`, `pools.applications`, `workstations.*.applications`, `pools.flows`",
    keys: [
      "network.flows",
      "network.blocks",
      "network.services",
      "network.outside",
      "network.management",
      "applications",
      "pools.*.applications",
      "workstations.*.applications",
      "pools.*.flows",
      "emergency.flows",
    ],
    effect: "the gateways, below. Without `network.gateway` nothing: the reports for the city's own firewalls change",
  },
  {
    what: "`id` of a flow or a block, of its application or its pool",
    keys: [
      "network.flows.*.id",
      "network.blocks.*.id",
      "applications.*.flows.*.id",
      "applications.*.id",
      "pools.*.flows.*.id",
      "emergency.flows.*.id",
    ],
    effect: "as above; its counter and its log lines begin again under another name",
  },
  {
    what: "`owner`, `purpose`, `ticket`, `until` of a flow or a block",
    keys: [
      "network.flows.*.owner",
      "network.flows.*.purpose",
      "network.flows.*.ticket",
      "network.flows.*.until",
      "network.blocks.*.owner",
      "network.blocks.*.purpose",
      "network.blocks.*.ticket",
      "network.blocks.*.until",
      "applications.*.flows.*.owner",
      "applications.*.flows.*.purpose",
      "applications.*.flows.*.ticket",
      "applications.*.flows.*.until",
      "pools.*.flows.*.owner",
      "pools.*.flows.*.purpose",
      "pools.*.flows.*.ticket",
      "pools.*.flows.*.until",
      "emergency.flows.*.owner",
      "emergency.flows.*.purpose",
      "emergency.flows.*.ticket",
      "emergency.flows.*.until",
    ],
    effect: "only the reports",
  },
];
