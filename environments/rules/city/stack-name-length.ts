import { quoted } from "../../display";
import { shardCount } from "../../seats/seats";
import { desktopsPart, stackName } from "../../stack-names";
import { hostedName } from "../../seats/hosting";
import { surgeName } from "../../seats/surge";
import type { CityRule } from "../rule";

/** PostgreSQL, "Identifiers and Key Words": NAMEDATALEN is 64, so an identifier has 63 bytes and the rest is cut off. */
const LONGEST_IDENTIFIER = 63;

/**
 * In the state backend pg a stack's name is the name of its schema. PostgreSQL truncates a longer one without an error,
 * and two stacks of one pool would share a state. A city may change its backend, so the rule applies to all.
 */
export const stackNameLength: CityRule = {
  id: "stack-name-length",
  explanation: `the name of a pool's last stack has at most ${String(LONGEST_IDENTIFIER)} characters`,
  repair: "shorten the pool's name or the city's id",
  *check({ city, pools, platform, emergency }) {
    const all = [
      ...pools.map(({ name, seats }, index) => ({ path: ["pools", index, "name"], name, seats })),
      ...emergency.surge.flatMap((surge, index) => {
        const path = ["emergency", "surge", index, "pool"];
        return surge.hostedBy === undefined ? [{ path, name: surgeName(surge), seats: surge.seats }] : [];
      }),
      ...emergency.hosting.map((hosting, index) => {
        return { path: ["emergency", "hosting", index, "pool"], name: hostedName(hosting), seats: hosting.seats };
      }),
    ];
    for (const { path, name, seats } of all) {
      const stack = stackName(city.id, desktopsPart(name, shardCount(seats, platform.seatsPerStack)));
      if (stack.length <= LONGEST_IDENTIFIER) continue;
      const message = `the stack name ${quoted(stack)} has ${String(stack.length)} characters`;
      yield { path, message };
    }
  },
};
