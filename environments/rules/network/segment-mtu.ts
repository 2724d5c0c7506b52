import type { CityRule } from "../rule";

/** The switch silently drops packets that are larger than its own MTU. */
export const segmentMtu: CityRule = {
  id: "segment-mtu",
  explanation: "a segment's mtu is at most the switch's",
  repair: "lower the segment's or raise the switch's",
  *check({ network }) {
    for (const [index, { mtu }] of network.segments.entries()) {
      if (mtu === undefined || mtu <= network.switch.mtu) continue;
      const message = `${String(mtu)} is more than the switch's ${String(network.switch.mtu)}`;
      yield { path: ["network", "segments", index, "mtu"], message };
    }
  },
};
