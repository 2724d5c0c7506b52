import type { Path } from "../path";
import type { City } from "../model/city";
import { placeFlaw } from "../secrets/secret-places";
import type { CityRule } from "./rule";

/** Least privilege begins with names: whoever may read a wildcard also reads what is put there tomorrow. */
export const secretPlace: CityRule = {
  id: "secret-place",
  explanation: "access and expectations name a folder or a secret of the city",
  repair: "name a pool, a directorate or a team",
  *check(city) {
    for (const { path, text } of places(city)) {
      const flaw = placeFlaw(city, text);
      if (flaw !== undefined) yield { path, ...flaw };
    }
  },
};

function places({ secrets }: City): { path: Path; text: string }[] {
  const { people, mustRead, mustNotRead } = secrets;
  const grants = (people?.teams ?? []).flatMap(({ access }, team) =>
    access.map(({ to }, index) => ({
      path: ["secrets", "people", "teams", team, "access", index, "to"],
      text: to,
    })),
  );
  const expected = Object.entries({ mustRead, mustNotRead }).flatMap(([key, expectations]) =>
    expectations.map(({ secret }, index) => ({ path: ["secrets", key, index, "secret"], text: secret })),
  );
  return [...grants, ...expected];
}
