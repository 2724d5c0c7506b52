import type { CityRule } from "../rule";

/** What a zone's flows open follows from it: only of a segment with a pool is it known. */
export const segmentZone: CityRule = {
  id: "segment-zone",
  explanation: "a segment in which no pool is says its zone",
  repair: "write zone: services, data, management, dmz or transit, or desktops for later pools",
  *check({ network }) {
    for (const [index, { zone }] of network.segments.entries())
      if (zone === undefined)
        yield { path: ["network", "segments", index], message: "neither zone nor a pool is there" };
  },
};
