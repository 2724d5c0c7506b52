import type { Path } from "../path";
import type { City } from "../model/city";
import { placeFlaw, secretFlaw } from "../secrets/secret-places";
import type { PlaceFlaw } from "../secrets/secret-places";
import type { CityRule } from "./rule";

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
  return (["values", "mustRead", "mustNotRead"] as const).flatMap((list) =>
    city.secrets[list].map(({ secret }, index) => ({
      path: ["secrets", list, index, "secret"],
      // An account has its password from the directory engine.
      flaw: list === "values" && secret.startsWith("accounts/") ? placeFlaw(city, secret) : secretFlaw(city, secret),
    })),
  );
}
