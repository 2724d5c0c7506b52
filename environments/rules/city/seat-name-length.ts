import { quoted } from "../../display";
import { seatName } from "../../seats/seats";
import type { CityRule } from "../rule";

/** Microsoft, "Naming conventions in Active Directory" (KB 909264): a computer's NetBIOS name has 15 characters at most. */
const LONGEST_COMPUTER_NAME = 15;

/**
 * A seat's name is the computer's name in the directory; Windows truncates a longer one, and two seats would become
 * one.
 */
export const seatNameLength: CityRule = {
  id: "seat-name-length",
  explanation: `a seat's name has at most ${String(LONGEST_COMPUTER_NAME)} characters`,
  repair: "shorten the pool's code",
  *check({ city, pools, emergency }) {
    const all = [
      ...pools.map(({ code, seats }, index) => ({ path: ["pools", index, "code"], code, seats })),
      ...emergency.surge.map(({ code, seats }, index) => ({
        path: ["emergency", "surge", index, "code"],
        code,
        seats,
      })),
    ];
    for (const { path, code, seats } of all) {
      const name = seatName(city.code, code, seats);
      if (name.length <= LONGEST_COMPUTER_NAME) continue;
      const message = `the seat name ${quoted(name)} has ${String(name.length)} characters`;
      yield { path, message };
    }
  },
};
