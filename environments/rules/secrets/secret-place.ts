import type { Path } from "../../path";
import type { City } from "../../model/city";
import { placeFinding, readableFinding, secretFinding } from "../../secrets/secret-places";
import type { PlaceFinding } from "../../secrets/secret-places";
import type { CityRule } from "../rule";

/** Least privilege needs exact names: whoever may read a wildcard also reads secrets that are added later. */
export const secretPlace: CityRule = {
  id: "secret-place",
  explanation: "access, values and expectations name a folder or a secret of the city",
  repair: "name a pool, a directorate or a team",
  *check(city) {
    for (const { path, finding } of [...granted(city), ...secrets(city)]) {
      if (finding !== undefined) yield { path, ...finding };
    }
  },
};

interface Checked {
  readonly path: Path;
  readonly finding: PlaceFinding | undefined;
}

function granted(city: City): Checked[] {
  return (city.secrets.people?.teams ?? []).flatMap(({ access }, team) =>
    access.map(({ to }, index) => ({
      path: ["secrets", "people", "teams", team, "access", index, "to"],
      finding: placeFinding(city, to),
    })),
  );
}

/** A folder has no value; an expectation on one would always hold or never. */
function secrets(city: City): Checked[] {
  const findings = { values: secretFinding, mustRead: readableFinding, mustNotRead: readableFinding };
  return Object.entries(findings).flatMap(([list, findingOf]) =>
    city.secrets[list as keyof typeof findings].map(({ secret }, index) => ({
      path: ["secrets", list, index, "secret"],
      finding: findingOf(city, secret),
    })),
  );
}
