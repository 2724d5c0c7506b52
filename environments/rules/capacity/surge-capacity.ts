import { duringEmergency } from "../../seats/surge";
import { lacking } from "../helpers/lacking";
import type { CityRule } from "../rule";

/** Prepared seats without capacity would be missing on the day that they are needed. */
export const surgeCapacity: CityRule = {
  id: "surge-capacity",
  explanation:
    "hosts, datastores and segments have room for the emergency's seats as well, whether it is active or not",
  repair: "lower the surge or write another cluster for it, or make room",
  *check(city) {
    for (const message of lacking(city, duringEmergency(city))) yield { path: ["emergency", "surge"], message };
  },
};
