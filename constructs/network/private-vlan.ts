/** Kind of a secondary VLAN, in vSphere's words. */
export type PrivateVlanType = "promiscuous" | "isolated" | "community";

/** One entry of a distributed switch's private VLAN map. */
export interface PrivateVlan {
  /** The primary VLAN, 1 to 4094. */
  readonly primary: number;
  /** The secondary VLAN, 1 to 4094; of a promiscuous entry, the primary again. */
  readonly secondary: number;
  /** Whom its ports reach. */
  readonly type: PrivateVlanType;
}

/**
 * The switch's whole map: the given entries, each once, and for every primary VLAN its promiscuous entry, without which
 * vSphere refuses the others. Sorted, so that the order of segments in a file changes nothing.
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
