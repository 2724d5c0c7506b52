import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** Whether its targets are reached depends on where the server stands. */
export const monitoringFrom: CityRule = {
  id: "monitoring-from",
  explanation: "monitoring.from names a segment, or a network outside",
  repair: "correct the name or declare it",
  *check({ monitoring, network }) {
    if (monitoring === undefined) return;
    const known = [...network.segments, ...network.outside].map(({ name }) => name);
    const declared = "network.segments or network.outside";
    yield* dangling({
      path: ["monitoring", "from"],
      name: monitoring.from,
      known,
      noun: "segment or network outside",
      declared,
    });
  },
};
