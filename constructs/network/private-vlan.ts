/** Type of a secondary VLAN, as in vSphere. */
export type PrivateVlanType = "promiscuous" | "isolated" | "community";

/** An entry of a distributed switch's private VLAN map. */
export interface PrivateVlan {
  /** The primary VLAN, 1 to 4094. */
  readonly primary: number;
  /** The secondary VLAN, 1 to 4094; in a promiscuous entry equal to the primary. */
  readonly secondary: number;
  /** Which ports it reaches. */
  readonly type: PrivateVlanType;
}

/**
 * The switch's whole map: each entry once, and for every primary VLAN its promiscuous entry, which vSphere requires.
 * Sorted, so that the order of segments in a file has no effect.
 */
export function privateVlanMap(entries: readonly PrivateVlan[]): PrivateVlan[] {
  const map = new Map<string, PrivateVlan>();
  for (const entry of entries) {
    const promiscuous: PrivateVlan = { primary: entry.primary, secondary: entry.primary, type: "promiscuous" };
    map.set(key(promiscuous), promiscuous);
    map.set(key(entry), entry);
  }
  return [...map.values()].sort((a, b) => a.primary - b.primary || a.secondary - b.secondary);
}

function key({ primary, secondary }: PrivateVlan): string {
  return `${String(primary)}/${String(secondary)}`;
}
