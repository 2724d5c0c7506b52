import { capacityOf } from "../capacity/city-capacity";
import { UNIT_NOUNS } from "../capacity/resource";
import { quoted } from "../display";
import { duringEmergency } from "../seats/surge";
import type { CityRule } from "./rule";

/** Seats that are prepared and do not fit would be missed on the day that they are needed. */
export const surgeCapacity: CityRule = {
  id: "surge-capacity",
  explanation:
    "hosts, datastores and segments have room for the emergency's seats as well, whether it is active or not",
  repair: "lower the surge or write another cluster for it, or make room",
  *check(city) {
    const usual = capacityOf(city);
    for (const [index, { kind, name, unit, headroom }] of capacityOf(duringEmergency(city)).entries()) {
      // What lacks room without an emergency is another rule's finding.
      const fits = headroom === null || headroom >= 0 || (usual[index]?.headroom ?? 0) < 0;
      if (fits) continue;
      const message = `${kind} ${quoted(name)} would lack ${(-headroom).toLocaleString("en")} ${UNIT_NOUNS[unit]}`;
      yield { path: ["emergency", "surge"], message };
    }
  },
};
