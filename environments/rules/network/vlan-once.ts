import type { Segment } from "../../model/network";
import type { CityRule, Finding } from "../rule";

/**
 * Two port groups with the same VLAN are one network. A private VLAN's port group uses the secondary VLAN; the primary
 * may be shared, but only by private VLANs (RFC 5517, section 2).
 */
export const vlanOnce: CityRule = {
  id: "vlan-once",
  explanation: "each VLAN belongs to one segment; only private VLANs share a primary",
  repair: "give one of the two another VLAN",
  *check({ network: { segments } }) {
    const owners = new Map<number, string>();
    const primaries = primaryOwners(segments);
    for (const [index, segment] of segments.entries()) {
      const { path, vlan } = carried(segment, index);
      const other = owners.get(vlan) ?? (isPrimaryItself(segment) ? undefined : primaries.get(vlan));
      if (other !== undefined) yield clash(path, vlan, other);
      owners.set(vlan, segment.name);
    }
  },
};

function primaryOwners(segments: readonly Segment[]): Map<number, string> {
  const owners = new Map<number, string>();
  for (const { name, vlan, privateVlan } of segments) {
    if (privateVlan !== undefined && !owners.has(vlan)) owners.set(vlan, name);
  }
  return owners;
}

function carried({ vlan, privateVlan }: Segment, index: number): { path: (string | number)[]; vlan: number } {
  const path = ["network", "segments", index];
  if (privateVlan === undefined) return { path: [...path, "vlan"], vlan };
  return { path: [...path, "privateVlan", "secondary"], vlan: privateVlan.secondary };
}

function isPrimaryItself({ vlan, privateVlan }: Segment): boolean {
  return privateVlan?.secondary === vlan;
}

function clash(path: Finding["path"], vlan: number, other: string): Finding {
  return { path, message: `the VLAN ${String(vlan)} is the segment "${other}"'s already` };
}
