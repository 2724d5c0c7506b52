import type { Path } from "../../path";
import type { City } from "../../model/city";
import { placeFlaw, readableFlaw, secretFlaw } from "../../secrets/secret-places";
import type { PlaceFlaw } from "../../secrets/secret-places";
import type { CityRule } from "../rule";

/** Least privilege begins with names: whoever may read a wildcard also reads what is put there tomorrow. */
export const secretPlace: CityRule = {
  id: "secret-place",
  explanation: "access, values and expectations name a folder or a secret of the city",
  repair: "name a pool, a directorate or a team",
  *check(city) {
    for (const { path, flaw } of [...granted(city), ...secrets(city)]) {
      if (flaw !== undefined) yield { path, ...flaw };
    }
  },
};

interface Checked {
  readonly path: Path;
  readonly flaw: PlaceFlaw | undefined;
}

function granted(city: City): Checked[] {
  return (city.secrets.people?.teams ?? []).flatMap(({ access }, team) =>
    access.map(({ to }, index) => ({
      path: ["secrets", "people", "teams", team, "access", index, "to"],
      flaw: placeFlaw(city, to),
    })),
  );
}

/** A folder has no value; an expectation of one would always hold or never. */
function secrets(city: City): Checked[] {
  const flaws = { values: secretFlaw, mustRead: readableFlaw, mustNotRead: readableFlaw };
  return Object.entries(flaws).flatMap(([list, flawOf]) =>
    city.secrets[list as keyof typeof flaws].map(({ secret }, index) => ({
      path: ["secrets", list, index, "secret"],
      flaw: flawOf(city, secret),
    })),
  );
}
