import type { DeployedCity } from "../environments/model/city";
import { baseDn, joinedDomain } from "../environments/seats/joined-domain";
import { seatName, seatNumbers } from "../environments/seats/seats";

/** What a city wants of its domain. */
export interface DomainPlan {
  /** The domain. Example: `comune.milano.example`. */
  readonly domain: string;
  /** Its base DN. Example: `DC=comune,DC=milano,DC=example`. */
  readonly base: string;
  /** Organizational units of its pools, each once. */
  readonly units: readonly string[];
  /** Names of the seats that have a machine. */
  readonly seats: ReadonlySet<string>;
  /** Matches the names of all seats that the city could ever have. */
  readonly seatForm: RegExp;
}

/** What a city wants of its domain: also of pools for an emergency, and of those that it hosts. */
export function domainPlan(city: DeployedCity): DomainPlan {
  const domain = joinedDomain(city);
  const { code } = city.city;
  return {
    domain,
    base: baseDn(domain),
    units: [...new Set(city.pools.flatMap(({ organizationalUnit: unit }) => (unit === undefined ? [] : [unit])))],
    seats: new Set(city.pools.flatMap((pool) => seatNumbers(pool).map((number) => seatName(code, pool.code, number)))),
    seatForm: new RegExp(`^${code}-[a-z][a-z0-9]{1,11}-\\d{4}$`),
  };
}
