import { quoted } from "../../display";
import type { City } from "../../model/city";
import { baseDn, joinedDomain } from "../../seats/joined-domain";
import type { Path } from "../../path";
import type { CityRule } from "../rule";

/** A part of a distinguished name; a comma in a value is escaped. */
const PART = /(?:[^,\\]|\\.)+/g;

/** A unit of another domain has no account of this one's; joining would fail with the last machine that was made. */
export const unitInDomain: CityRule = {
  id: "unit-in-domain",
  explanation: "an organizationalUnit ends with the DC parts of the domain that desktops join",
  repair: "correct the DC parts, or secrets.directory.userDomain",
  *check(city) {
    const domain = joinedDomain(city);
    // Another rule asks for it.
    if (domain === undefined) return;
    for (const { path, unit } of unitsOf(city)) {
      const own = domainOf(unit);
      if (own === domain.toLowerCase()) continue;
      const message = `it is in ${own === "" ? "no domain" : quoted(own)}, and desktops join ${quoted(domain)}`;
      yield { path, message, repair: `end it with ${baseDn(domain)}` };
    }
  },
};

function unitsOf({ pools, emergency }: City): { readonly path: Path; readonly unit: string }[] {
  const own = pools.map(({ organizationalUnit }, index) => ({ path: ["pools", index], organizationalUnit }));
  const hosted = emergency.hosting.map(({ organizationalUnit }, index) => ({
    path: ["emergency", "hosting", index],
    organizationalUnit,
  }));
  return [...own, ...hosted].flatMap(({ path, organizationalUnit: unit }) =>
    unit === undefined ? [] : [{ path: [...path, "organizationalUnit"], unit }],
  );
}

/** The domain of a distinguished name: its last parts as far as they are DC; empty where there are none. */
function domainOf(unit: string): string {
  const parts = unit.match(PART) ?? [];
  const first = parts.findLastIndex((part) => !/^DC=/i.test(part)) + 1;
  return parts
    .slice(first)
    .map((part) => part.slice("DC=".length).toLowerCase())
    .join(".");
}
