import type { Monitoring } from "../../model/monitoring";
import type { CityRule } from "../rule";

type Threshold = keyof Monitoring["thresholds"];

/** The last warning must not come before the first. */
const LATER: readonly (readonly [last: Threshold, first: Threshold])[] = [
  ["datastoreFullPercent", "datastoreFreePercent"],
  ["certificateLastDays", "certificateDays"],
];

/** With thresholds the wrong way round the urgent alert would come first, and the other never alone. */
export const monitoringThreshold: CityRule = {
  id: "monitoring-threshold",
  explanation: "the threshold of an urgent alert is below that of the first warning",
  repair: "lower it, or raise the other",
  *check({ monitoring }) {
    if (monitoring === undefined) return;
    const { thresholds } = monitoring;
    for (const [last, first] of LATER) {
      if (thresholds[last] < thresholds[first]) continue;
      const [lower, upper] = [String(thresholds[last]), String(thresholds[first])];
      yield {
        path: ["monitoring", "thresholds", last],
        message: `${last} is ${lower}, and ${first} is ${upper}`,
        allowed: `less than ${upper}`,
      };
    }
  },
};
