import { withPromised } from "../../seats/hosting";
import { duringEmergency } from "../../seats/surge";
import { lacking } from "../helpers/lacking";
import type { CityRule } from "../rule";

/** One emergency may affect both cities on one day. A promise counts in full, so that no guest can break it. */
export const hostingCapacity: CityRule = {
  id: "hosting-capacity",
  explanation:
    "hosts, datastores and segments have room for all seats of emergency.hosting as well, beside the city's own emergency",
  repair: "promise fewer seats or write another cluster or segment for them, or make room",
  *check(city) {
    if (city.emergency.hosting.length === 0) return;
    for (const message of lacking(duringEmergency(city), withPromised(city)))
      yield { path: ["emergency", "hosting"], message };
  },
};
