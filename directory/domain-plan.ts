import type { DeployedCity } from "../environments/model/city";
import { baseDn, joinedDomain } from "../environments/seats/joined-domain";
import { windowsPools } from "../environments/seats/windows-pools";
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
  /** Names of those that have Windows, where their local administrators are to have passwords of their own. */
  readonly administrators: ReadonlySet<string>;
  /** Matches the names of all seats that the city could ever have. */
  readonly seatForm: RegExp;
}

/** What a city with a domain wants of it: also of pools for an emergency, and of those that it hosts. */
export function domainPlan(city: DeployedCity): DomainPlan {
  const domain = joinedDomain(city) ?? "";
  const { code } = city.city;
  const seatsOf = (pools: DeployedCity["pools"]): string[] =>
    pools.flatMap((pool) => seatNumbers(pool).map((number) => seatName(code, pool.code, number)));
  return {
    domain,
    base: baseDn(domain),
    units: [...new Set(city.pools.flatMap(({ organizationalUnit: unit }) => (unit === undefined ? [] : [unit])))],
    seats: new Set(seatsOf(city.pools)),
    administrators: new Set(
      city.secrets.directory?.localAdministrators === undefined ? [] : seatsOf(windowsPools(city)),
    ),
    seatForm: new RegExp(`^${code}-[a-z][a-z0-9]{1,11}-\\d{4}$`),
  };
}
