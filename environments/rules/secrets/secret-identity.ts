import { accessOf } from "../../secrets/access";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** An expectation on an unknown identity would always hold. */
export const secretIdentity: CityRule = {
  id: "secret-identity",
  explanation: "mustRead and mustNotRead are of identities that the city has",
  repair: "name a pool, gateways, a team, break-glass or a role of CI",
  *check(city) {
    const known = accessOf(city).map(({ id }) => id);
    for (const list of ["mustRead", "mustNotRead"] as const) {
      for (const [index, { who }] of city.secrets[list].entries()) {
        const path = ["secrets", list, index, "who"];
        yield* dangling({ path, name: who, known, noun: "identity", declared: "pools or secrets.people" });
      }
    }
  },
};
