import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** Machines are connected only to port groups that this toolkit makes: an external segment has none on the switch. */
export const poolSegment: CityRule = {
  id: "pool-segment",
  explanation: "a pool's segment is declared in network.segments and is not external",
  repair: "correct the name or declare the segment",
  *check({ pools, network }) {
    const known = network.segments.filter(({ external }) => !external).map(({ name }) => name);
    for (const [index, { segment }] of pools.entries()) {
      const path = ["pools", index, "segment"];
      yield* dangling({ path, name: segment, known, noun: "segment for machines", declared: "network.segments" });
    }
  },
};
