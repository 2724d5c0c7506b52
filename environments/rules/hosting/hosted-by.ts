import { count, quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Surge } from "../../model/surge";
import type { Path } from "../../path";
import { hostingOf } from "../../seats/hosting";
import { otherCity } from "../helpers/other-city";
import type { CrossCityRule, Finding } from "../rule";

/** A city decides what runs on its hosts: without its agreement nothing is created there. */
export const hostedBy: CrossCityRule = {
  id: "hosted-by",
  explanation:
    "a surge's hostedBy is another city, whose file is loaded too unless the guest's is alone, and whose " +
    "emergency.hosting lets the pool have as many seats",
  repair: "ask for less, or have the other city write it in its file",
  *check(cities) {
    for (const [city, guest] of cities.entries()) {
      for (const [index, surge] of guest.emergency.surge.entries()) {
        for (const finding of refused(cities, guest, surge, ["emergency", "surge", index])) yield { city, ...finding };
      }
    }
  },
};

function* refused(
  cities: readonly DeclaredCity[],
  guest: DeclaredCity,
  { pool, seats, ...surge }: Surge,
  at: Path,
): Iterable<Finding> {
  const { hostedBy: id } = surge;
  if (id === undefined) return;
  const path = [...at, "hostedBy"];
  yield* otherCity(cities, guest, id, path);
  const host = cities.find((other) => other !== guest && other.city.id === id);
  if (host === undefined) return;
  const hosting = hostingOf(host, guest, pool);
  if (hosting === undefined) yield { path, message: `${quoted(id)} hosts nothing of the pool ${quoted(pool)}` };
  else if (seats > hosting.seats) {
    yield { path: [...at, "seats"], message: `${quoted(id)} hosts at most ${count(hosting.seats, "seat")} of it` };
  }
}
