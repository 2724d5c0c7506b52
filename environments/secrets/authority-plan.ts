import type { Authority } from "../model/authority";
import type { City } from "../model/city";

/** A city's certificate authority, as its file has it; undefined where the file names no root. */
export function authorityPlan({ city, secrets }: City): (Authority & { readonly city: string }) | undefined {
  return secrets.authority === undefined ? undefined : { city: city.id, ...secrets.authority };
}
