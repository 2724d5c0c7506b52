import type { Draft } from "../draft";
import { asked, assumed, block, found, line, list, question, row, under } from "../entry";
import type { DraftMap, DraftNode } from "../entry";
import type { DraftSegment, Subnet } from "../segments";
import type { Site } from "../site";
import { rangeText } from "../subnets";

const [FIRST_FREE, LAST_VLAN] = [3001, 4094];
const USUAL_ADAPTERS = ["vmnic2", "vmnic3"];

/** The switch and its segments. */
export function networkSection(draft: Draft): DraftMap {
  const { segments } = draft.segments;
  const vlans = new Set(segments.flatMap(({ vlan, privateVlan }) => [vlan, privateVlan?.secondary]));
  return block({
    switch: switchNode(draft),
    segments: under(
      segmentRemarks(draft),
      list(segments.map((segment) => segmentNode(segment, segment.vlan ?? freeVlan(vlans)))),
    ),
  });
}

function freeVlan(taken: Set<number | undefined>): number {
  let free = FIRST_FREE;
  while (taken.has(free) && free < LAST_VLAN) free += 1;
  taken.add(free);
  return free;
}

function switchNode({ said, site }: Draft): DraftMap {
  const { switch: own } = site;
  if (own !== undefined)
    return line({
      name: found(own.name),
      existing: assumed(true),
      mtu: own.mtu >= 1280 && own.mtu <= 9000 ? found(own.mtu) : undefined,
    });
  const free = freeAdapters(site);
  const adapters = free.length > 0 ? free.map((name) => found(name)) : USUAL_ADAPTERS.map((name) => asked(name, ""));
  return under(
    [
      free.length > 0
        ? "No distributed switch has all the hosts: this one is made, with adapters that are free and have a link on each."
        : question(
            "No distributed switch has all the hosts, and no adapter is free on each: which is it to be made with?",
          ),
    ],
    line({ name: assumed(`dvs-${said.id}`), adapters: row(adapters) }),
  );
}

/** Adapters that are free and have a link on every host; two at most. */
function freeAdapters({ clusters }: Site): string[] {
  const hosts = clusters.flatMap((cluster) => cluster.hosts);
  const isFree = (name: string): boolean =>
    hosts.every(({ adapters }) => adapters.some((one) => one.name === name && one.switch === undefined && one.linked));
  return (hosts[0]?.adapters ?? []).flatMap(({ name }) => (isFree(name) ? [name] : [])).slice(0, 2);
}

function segmentRemarks({ segments: { segments, left } }: Draft): string[] {
  const known = segments.map(({ subnet }) => subnet?.known);
  return [
    "Those of the zone desktops are made beside the port groups that are there, with their VLANs; external ones stay as they are.",
    ...(known.includes("no")
      ? [question("Ranges of 198.18.0.0/15 are placeholders: what is the segment's subnet?")]
      : []),
    ...(known.includes("assumed") ? [question('Of subnets with "/24?" only an address is known, and no length.')] : []),
    ...(segments.some(({ vlan }) => vlan === undefined) ? [question("VLANs from 3001 on are placeholders.")] : []),
    ...(segments.some(({ external }) => external)
      ? [question("What are external segments for? Zones: services, data, dmz, transit, management.")]
      : []),
    ...(left.length === 0 ? [] : [`Port groups that are left out: ${left.join("; ")}.`]),
  ];
}

function segmentNode(segment: DraftSegment, vlan: number): DraftNode {
  const { name, network, zone, privateVlan, subnet, external, isThere } = segment;
  return line(
    {
      name: isThere ? found(name) : assumed(name),
      zone: external ? asked(zone) : assumed(zone),
      vlan: segment.vlan === undefined ? asked(vlan) : found(vlan),
      privateVlan: privateVlan && line({ secondary: found(privateVlan.secondary), type: found(privateVlan.type) }),
      subnet: subnet && subnetNode(subnet),
      external: external ? assumed(true) : undefined,
    },
    [subnet?.known === "assumed" ? "/24?" : "", name === network ? "" : network].join(" ").trim(),
  );
}

function subnetNode({ range, known }: Subnet): DraftNode {
  const text = rangeText(range);
  if (known === "no") return asked(text);
  return known === "assumed" ? assumed(text) : found(text);
}
