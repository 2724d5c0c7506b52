import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { CrossCityRule } from "../rule";

const HTTPS_PORT = "443";

/**
 * CI's role `apply` writes policies and binds them to roles, so it can do everything in its namespace and below. A city
 * without a namespace has the root, which contains all others.
 */
export const vaultShared: CrossCityRule = {
  id: "vault-shared",
  explanation: "cities on one Vault server have a namespace each, and none lies in another's",
  repair:
    "write a namespace of its own for each of them, platform.vault.namespace, which an administrator of Vault makes",
  *check(cities) {
    for (const [city, { platform }] of cities.entries()) {
      const { vault } = platform;
      if (vault === undefined) continue;
      const other = cities.find((earlier, index) => index < city && overlap(earlier, vault));
      if (other === undefined) continue;
      yield {
        city,
        path: ["platform", "vault", ...(vault.namespace === undefined ? [] : ["namespace"])],
        message: `the city and ${quoted(other.city.id)} share ${place(vault)}: each one's CI could take the other's secrets`,
      };
    }
  },
};

type Vault = NonNullable<City["platform"]["vault"]>;

function overlap({ platform: { vault: one } }: City, other: Vault): boolean {
  if (one === undefined || serverOf(one) !== serverOf(other)) return false;
  const [a, b] = [below(one), below(other)];
  return a.startsWith(b) || b.startsWith(a);
}

/** One server can be written in several ways: with or without its default port, in upper case. */
function serverOf({ address }: Vault): string {
  const { hostname, port, pathname } = new URL(address);
  return `${hostname}:${port || HTTPS_PORT}${pathname === "/" ? "" : pathname}`;
}

/** The common prefix of everything in the namespace. */
function below({ namespace }: Vault): string {
  return namespace === undefined ? "" : `${namespace.toLowerCase()}/`;
}

function place(vault: Vault): string {
  const { namespace = "" } = vault;
  return `the Vault server ${serverOf(vault)}${namespace === "" ? "" : `, and ${quoted(namespace)} is no namespace of its own there`}`;
}
