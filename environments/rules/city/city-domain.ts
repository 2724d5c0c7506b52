import type { DeclaredCity } from "../../model/city";
import type { Path } from "../../path";
import type { CityRule } from "../rule";

/** Certificates, targets of monitoring, a guest's own settings and accounts of computers have the whole name of a machine. */
export const cityDomain: CityRule = {
  id: "city-domain",
  explanation:
    "a city says its domain beside platform.vault, monitoring, an image's customization, and an organizationalUnit without " +
    "secrets.directory.userDomain",
  repair: "add city.domain, such as comune.example, or take this out",
  *check(city) {
    if (city.city.domain !== undefined) return;
    for (const { path, what } of naming(city)) yield { path, message: `${what}, and the city has no domain` };
  },
};

function naming({ platform, monitoring, images, pools, secrets }: DeclaredCity): { path: Path; what: string }[] {
  return [
    ...(platform.vault === undefined ? [] : [{ path: ["platform", "vault"], what: "certificates name machines" }]),
    ...(monitoring === undefined ? [] : [{ path: ["monitoring"], what: "its targets are machines by their names" }]),
    ...Object.entries(images).flatMap(([name, { customization }]) =>
      customization === undefined
        ? []
        : [{ path: ["images", name, "customization"], what: "a guest is told its domain" }],
    ),
    ...pools.flatMap(({ organizationalUnit }, index) =>
      organizationalUnit === undefined || secrets.directory?.userDomain !== undefined
        ? []
        : [{ path: ["pools", index, "organizationalUnit"], what: "it is in a domain" }],
    ),
  ];
}
