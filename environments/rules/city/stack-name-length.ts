import { quoted } from "../../display";
import type { City } from "../../model/city";
import { gatewayName } from "../../network/gateway-names";
import { gatewayPairs } from "../../network/gateway-pairs";
import type { Path } from "../../path";
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
  explanation: `the name of a pool's last stack, and of a gateway's, has at most ${String(LONGEST_IDENTIFIER)} characters`,
  repair: "shorten the pool's or the pair's name, or the city's id",
  *check(city) {
    for (const { path, stack } of [...poolStacks(city), ...pairStacks(city)]) {
      if (stack.length <= LONGEST_IDENTIFIER) continue;
      const message = `the stack name ${quoted(stack)} has ${String(stack.length)} characters`;
      yield { path, message };
    }
  },
};

interface LongestStack {
  readonly path: Path;
  readonly stack: string;
}

/** The last stack of every pool, whose name is the longest. */
function poolStacks({ city, pools, platform, emergency }: City): LongestStack[] {
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
  return all.map(({ path, name, seats }) => {
    return { path, stack: stackName(city.id, desktopsPart(name, shardCount(seats, platform.seatsPerStack))) };
  });
}

/** The second gateway's stack of every pair that has a name. */
function pairStacks(city: City): LongestStack[] {
  return gatewayPairs(city).flatMap((pair) =>
    pair.further === undefined ? [] : [{ path: [...pair.path, "name"], stack: gatewayName(city, pair, 1) }],
  );
}
