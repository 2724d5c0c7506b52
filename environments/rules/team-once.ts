import type { City } from "../model/city";
import type { Named } from "./repeated";
import { repeated } from "./repeated";
import type { CityRule } from "./rule";

/** Vault keeps one set of policies a group, and compares names of a directory's groups without their case. */
export const teamOnce: CityRule = {
  id: "team-once",
  explanation:
    "each team has a name and a group of its own, and so has break-glass, whatever the case of the group's name",
  repair: "make one team of them, or give each its own group",
  *check(city) {
    const teams = city.secrets.people?.teams ?? [];
    const path = ["secrets", "people", "teams"];
    yield* repeated(
      teams.map(({ name }, index) => ({ path: [...path, index, "name"], name })),
      "team",
    );
    yield* repeated(groups(city), "group");
  },
};

function groups({ secrets }: City): Named[] {
  const { teams = [], breakGlass } = secrets.people ?? {};
  const path = ["secrets", "people"];
  const ofTeams = teams.map(({ group }, index) => ({
    path: [...path, "teams", index, "group"],
    name: group.toLowerCase(),
  }));
  const other = breakGlass && { path: [...path, "breakGlass", "group"], name: breakGlass.group.toLowerCase() };
  return [...ofTeams, ...(other ? [other] : [])];
}
