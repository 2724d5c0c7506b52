import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { CrossCityFinding, CrossCityRule } from "../rule";

/**
 * Every stack's name and Vault path begins with the id, every machine's name with the code: two cities must not share
 * them. `milan` and `milan-2` would: the pattern `milan-*` matches stacks and Vault policies of both.
 */
export const uniqueCity: CrossCityRule = {
  id: "unique-city",
  explanation: "each city has an id and a code of its own, and no id begins with another's id and a hyphen",
  repair: "change it in one of the two files, or name the file once",
  *check(cities) {
    yield* repeatedKey(cities, "id");
    yield* repeatedKey(cities, "code");
    yield* prefixedId(cities);
  },
};

function* repeatedKey(cities: readonly City[], key: "id" | "code"): Iterable<CrossCityFinding> {
  const seen = new Set<string>();
  for (const [city, { city: identity }] of cities.entries()) {
    const value = identity[key];
    if (seen.has(value)) {
      yield { city, path: ["city", key], message: `the ${key} ${quoted(value)} is another city's already` };
    }
    seen.add(value);
  }
}

function* prefixedId(cities: readonly City[]): Iterable<CrossCityFinding> {
  const ids = cities.map(({ city }) => city.id);
  for (const [city, id] of ids.entries()) {
    const shorter = ids.find((other) => id.startsWith(`${other}-`));
    if (shorter === undefined) continue;
    yield {
      city,
      path: ["city", "id"],
      message: `the id ${quoted(id)} begins with another city's, ${quoted(shorter)}`,
    };
  }
}
