import type { DeclaredCity } from "../../model/city";
import type { CityRule } from "../rule";

/** What of `secrets` is made in Vault, or is a question about it; settings alone make nothing. */
const MADE = ["ci", "authority", "people", "accounts", "ssh", "stateKey", "machinesSeenFrom"] as const;
const LISTED = ["values", "mustRead", "mustNotRead"] as const;

/** A city without a Vault has no stack of secrets, in which this would be. */
export const vaultDeclared: CityRule = {
  id: "vault-declared",
  explanation: `secrets.${[...MADE, ...LISTED].join(", ")} stand beside platform.vault`,
  repair: "add platform.vault, or take this out",
  *check(city) {
    if (city.platform.vault !== undefined) return;
    for (const key of made(city))
      yield { path: ["secrets", key], message: `${key} is there, and the city has no Vault` };
  },
};

function made({ secrets }: DeclaredCity): string[] {
  return [...MADE.filter((key) => secrets[key] !== undefined), ...LISTED.filter((key) => secrets[key].length > 0)];
}
