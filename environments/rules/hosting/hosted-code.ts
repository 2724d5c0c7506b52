import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { CrossCityFinding, CrossCityRule } from "../rule";

/**
 * Hosted seats have names with the host's province code: if a pool's code occurs twice, two machines would have the
 * same name.
 */
export const hostedCode: CrossCityRule = {
  id: "hosted-code",
  explanation: "the code of a surge that another city hosts is none of that city's pools', surges' and other guests'",
  repair: "write another code",
  *check(cities) {
    for (const host of cities) {
      const taken = new Set([...host.pools, ...host.emergency.surge].map(({ code }) => code));
      for (const { code, ...place } of codesIn(cities, host)) {
        const message = `the pool code ${quoted(code)} is there already in ${quoted(host.city.id)}`;
        if (taken.has(code)) yield { ...place, message };
        taken.add(code);
      }
    }
  },
};

type Code = Omit<CrossCityFinding, "message"> & { readonly code: string };

/** The codes of the pools that a city hosts, each with its location in the guest's file. */
function codesIn(cities: readonly DeclaredCity[], host: DeclaredCity): Code[] {
  return cities.flatMap((guest, city) =>
    guest.emergency.surge.flatMap(({ code, hostedBy }, index) =>
      guest === host || hostedBy !== host.city.id ? [] : [{ code, city, path: ["emergency", "surge", index, "code"] }],
    ),
  );
}
