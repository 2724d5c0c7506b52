import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** A service's addresses are checked against its segment. */
export const serviceSegment: CityRule = {
  id: "service-segment",
  explanation: "a service's segment is declared in network.segments",
  repair: "correct the name or declare the segment",
  *check({ network: { services, segments } }) {
    const known = segments.map(({ name }) => name);
    for (const [index, { segment: name }] of services.entries()) {
      const path = ["network", "services", index, "segment"];
      yield* dangling({ path, name, known, noun: "segment", declared: "network.segments" });
    }
  },
};
