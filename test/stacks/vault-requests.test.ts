import { describe, expect, test } from "@jest/globals";
import { loadCities } from "../../environments/load";
import type { DeclaredCity } from "../../environments/model/city";
import { withEmergencies } from "../../environments/seats/hosting";
import { seatsWithRoom } from "../../environments/seats/seats";
import { CITY_FILES } from "../fixtures/city-files";
import { oneOf } from "../fixtures/soak";
import type { Block, Synthesized } from "../fixtures/synthesized";
import { synthesizedCities } from "../fixtures/synthesized-city";

/** OpenBao's `max_request_json_strings`, keys and values, and the longest list of HashiCorp's Vault, both by default. */
const MOST_STRINGS = 1000;
const CITIES = loadCities(CITY_FILES);
/** What Terraform keeps for itself. */
const META = new Set(["depends_on", "lifecycle", "provider", "//"]);

/** The city with one pool that has as many seats as a pool can. */
function full(city: DeclaredCity): DeclaredCity {
  return { ...city, pools: city.pools.map((pool, index) => (index === 0 ? { ...pool, seats: 9999 } : pool)) };
}

/** Strings of JSON, keys included; JSON in a string is sent as JSON. */
function strings(value: unknown): number {
  if (typeof value === "string") return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + strings(each), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce((sum, [key, each]) => sum + 1 + strings(sent(key, each)), 0);
}

function sent(key: string, value: unknown): unknown {
  return key === "data_json" && typeof value === "string" ? JSON.parse(value) : value;
}

/** How many strings each request has that a stack's resources make, by the resource. */
function requests({ json }: Synthesized): (readonly [resource: string, strings: number])[] {
  const kinds = Object.entries(json.resource ?? {}).filter(([kind]) => kind.startsWith("vault_"));
  return kinds.flatMap(([kind, blocks]) =>
    Object.entries(blocks).map(([id, block]) => [`${kind}.${id}`, strings(argumentsOf(block))] as const),
  );
}

function argumentsOf(block: Block): object {
  return Object.fromEntries(Object.entries(block).filter(([key]) => !META.has(key)));
}

describe("what stacks ask of a Vault", () => {
  test.each(
    oneOf(2, [
      ["with 9,999 seats in a pool", full],
      ["as they are shipped", (city: DeclaredCity) => city],
    ] as const),
  )("fits a default listener in every request, for both cities %s", (_, sized) => {
    const all = [...synthesizedCities(CITIES.map(sized)).values()].flatMap(requests);
    expect(all.filter(([, count]) => count > MOST_STRINGS)).toEqual([]);
    expect(all.length).toBeGreaterThan(250);
  });

  test("allows each seat that there is room for its certificate, by one role of its pool", () => {
    const stacks = synthesizedCities(CITIES);
    for (const city of withEmergencies(CITIES)) {
      const stack = stacks.get(`${city.city.id}-secrets`);
      const roles = stack?.resources("vault_pki_secret_backend_role") ?? [];
      for (const pool of city.pools) {
        const own = roles.filter(({ name }) => new RegExp(`^${pool.name}_\\d\\d$`).test(String(name)));
        const hosts = seatsWithRoom(city, pool).map((seat) => `${seat}.${String(city.city.domain)}`);
        expect(own.flatMap(({ allowed_domains }) => allowed_domains).sort()).toEqual(hosts.sort());
        const policy = stack
          ?.resources("vault_policy")
          .find(({ name }) => name === `${city.city.id}-pool-${pool.name}`);
        expect(policy?.policy).toContain(`"${city.city.id}/pki/issue/${pool.name}_*"`);
      }
      expect(roles.map(({ name }) => name)).toHaveLength(new Set(roles.map(({ name }) => name)).size);
    }
  });
});
