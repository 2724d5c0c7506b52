import type { Change } from "./change";

/** What a change of the gateways does. */
export const GATEWAYS_CHANGES: readonly Change[] = [
  {
    what: "`network.mustReach`, `mustNotReach`",
    keys: ["network.mustReach", "network.mustNotReach"],
    effect: "nothing; the file is refused if one does not hold",
  },
  {
    what: "`network.segments`, a VLAN of the city's own added or removed, with `network.gateway`",
    keys: ["network.segments"],
    effect:
      "in place, an interface more or less in both gateways. Only with vSphere provider 2.15.0: 1.26.0, the lab's, does not apply the changed MAC addresses, and interfaces would be mixed up",
  },
  {
    what: "the gateways: changes of their rules",
    keys: [],
    effect:
      "in place, by `npm run apply` or `npm run gateways`, one after the other: no packet is lost, and established connections of a closed flow live on until they end or a block ends them",
  },
  {
    what: "the gateways: changes of their addresses or routes, of keepalived, DHCP's relay or SSH",
    keys: [],
    effect:
      "in place in vCenter; then the same command has each restart, while the other one carries; a long session must next send a packet from the side that opened it",
  },
  {
    what: "`network.gateway`, added",
    keys: ["network.gateway"],
    effect:
      "creates the two gateways' stacks; the segments' routers move to them, so remove the old routers in the same hour",
  },
  {
    what: "`network.gateway.template` (with its `guestId`, `firmware`)",
    keys: ["network.gateway.template", "network.gateway.guestId", "network.gateway.firmware"],
    effect:
      "replaces both gateways, each in its own stack: deploy the first, check that it forwards packets, then the second. In a shared cluster the rule that keeps them apart lacks the first until then",
  },
  {
    what: "`network.gateway.cpus`, `memoryGib`, `cpuReservationMhz`, `diskGib`",
    keys: [
      "network.gateway.cpus",
      "network.gateway.memoryGib",
      "network.gateway.cpuReservationMhz",
      "network.gateway.diskGib",
    ],
    effect:
      "in place; each is restarted. The disk never shrinks. Change them alone: with other rules in the same change, vCenter refuses both",
  },
  {
    what: "`network.gateway.restartPriority`, `automationLevel`",
    keys: ["network.gateway.restartPriority", "network.gateway.automationLevel"],
    effect:
      "in place: the cluster's overrides for each gateway. With `partiallyAutomated`, the default, or `manual` DRS moves no running gateway, so a host that goes into maintenance waits until somebody moves it: move the backup, and of the master's host after it has let the other carry",
  },
  {
    what: "`network.gateway.load`, `pathTargets`, or seats past the next power of two",
    keys: ["network.gateway.load", "network.gateway.pathTargets"],
    effect: "the gateways' tables, checks and sizes: both restart, one after the other",
  },
  {
    what: "`network.gateway`, removed",
    keys: ["network.gateway"],
    effect:
      "first `npx cdktf destroy` of the two gateways' stacks, the second before the first: stacks that left the file would stay behind, forgotten",
  },
  {
    what: "`network.gateway.furtherPairs`, one added, or a segment of one",
    keys: ["network.gateway.furtherPairs"],
    effect:
      "its two gateways' stacks, after those of the pairs before it. The pairs before lose the legs first: until the new one carries, machines there have no router, so outside working hours. With a segment that goes to an earlier pair both have its router's address until the later one has lost it. Give the city's router the handover's routes in the same hour",
  },
  {
    what: "`network.gateway.furtherPairs`, one removed",
    keys: ["network.gateway.furtherPairs"],
    effect:
      "its segments return to the first pair: first `npx cdktf destroy` of its two stacks, the second before the first",
  },
  {
    what: "`network.gateway.macBlock`",
    keys: ["network.gateway.macBlock"],
    effect: "both restart with other MAC addresses, one after the other; with vSphere provider 2.15.0 in place",
  },
  {
    what: "`network.services.*.macs`",
    keys: ["network.services.*.macs"],
    effect: "the gateways, below; a machine with another adapter reaches nothing until they have its MAC address",
  },
  {
    what: "`network.gateway.nameServers`, `timeServers`",
    keys: ["network.gateway.nameServers", "network.gateway.timeServers"],
    effect: "the gateways, below",
  },
  {
    what: "`network.gateway.virtualRouterId`",
    keys: ["network.gateway.virtualRouterId"],
    effect:
      "until the second gateway has the new one too, both hold the routers' addresses: change it only outside working hours",
  },
];
