import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Hosting } from "../../model/hosting";
import type { Path } from "../../path";
import { dangling } from "../helpers/dangling";
import { otherCity } from "../helpers/other-city";
import type { CrossCityRule, Finding } from "../rule";

/**
 * Capacity is reserved for a named guest. Without the guest's file its stacks would be forgotten, with their machines.
 */
export const hostingGuest: CrossCityRule = {
  id: "hosting-guest",
  explanation: "a hosting is of a pool of another city, whose file is loaded too unless the host's is alone",
  repair: "correct the name, or take the hosting out",
  *check(cities) {
    for (const [city, host] of cities.entries()) {
      for (const [index, hosting] of host.emergency.hosting.entries()) {
        const findings = wrongGuest(cities, host, hosting, ["emergency", "hosting", index]);
        for (const finding of findings) yield { city, ...finding };
      }
    }
  },
};

function* wrongGuest(
  cities: readonly DeclaredCity[],
  host: DeclaredCity,
  { city, pool }: Hosting,
  path: Path,
): Iterable<Finding> {
  yield* otherCity(cities, host, city, [...path, "city"]);
  const guest = cities.find((other) => other !== host && other.city.id === city);
  if (guest === undefined) return;
  const known = guest.pools.map(({ name }) => name);
  const noun = `pool of the city ${quoted(city)}`;
  yield* dangling({ path: [...path, "pool"], name: pool, known, noun, declared: "that city's pools" });
}
