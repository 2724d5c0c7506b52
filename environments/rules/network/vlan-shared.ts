import type { CityRule } from "../rule";

/**
 * Segments with one VLAN all reach each other, so cost grows with the square of their number; the rule vlan-once allows
 * one.
 */
const MOST_SEGMENTS = 64;

/**
 * Segments that share a plain VLAN, or are all promiscuous, are one network: computing who reaches whom would take too
 * long.
 */
export const vlanShared: CityRule = {
  id: "vlan-shared",
  explanation: `at most ${String(MOST_SEGMENTS)} segments of one VLAN are ordinary or promiscuous`,
  repair: "give each segment a VLAN of its own",
  *check({ network: { segments } }) {
    const counts = new Map<number, number>();
    for (const [index, { vlan, privateVlan }] of segments.entries()) {
      if (privateVlan !== undefined && privateVlan.type !== "promiscuous") continue;
      const number = (counts.get(vlan) ?? 0) + 1;
      counts.set(vlan, number);
      if (number !== MOST_SEGMENTS + 1) continue;
      const message = `the VLAN ${String(vlan)} has more than ${String(MOST_SEGMENTS)} segments by here`;
      yield { path: ["network", "segments", index, "vlan"], message };
    }
  },
};
