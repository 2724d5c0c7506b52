import { quoted } from "../../display";
import type { CityRule } from "../rule";

/**
 * A machine that a deployment created is in a state already, and two states would conflict. vCenter's names are
 * case-insensitive.
 */
export const adoptMachine: CityRule = {
  id: "adopt-machine",
  explanation: "an adopted machine does not stand in the city's own folder, where only deployments make machines",
  repair: "correct the machine's path",
  *check({ city, pools }) {
    for (const [pool, { adopt }] of pools.entries()) {
      for (const [index, { machine }] of adopt.entries()) {
        if (!machine.toLowerCase().startsWith(`${city.id}/`)) continue;
        const message = `${quoted(machine)} stands in the folder ${quoted(city.id)} of the city's own machines`;
        yield { path: ["pools", pool, "adopt", index, "machine"], message };
      }
    }
  },
};
