import type { Authority } from "../model/authority";
import type { City } from "../model/city";

/** A city's certificate authority; undefined where its file has no `secrets.authority`. */
export function authorityPlan({ city, secrets }: City): (Authority & { readonly city: string }) | undefined {
  return secrets.authority === undefined ? undefined : { city: city.id, ...secrets.authority };
}
