import type { DeclaredCity, DeployedCity } from "../model/city";
import type { Directorate, Pool } from "../model/desktops";
import type { Hosting } from "../model/hosting";
import type { Surge } from "../model/surge";
import { duringEmergency, emergencySeats, surgePools } from "./surge";

/** What a guest's file says of the seats that it has in another city. */
interface Asked extends Pick<Surge, "code" | "seats"> {
  /** Id of the directorate, as the host's tags and folders have it. */
  readonly directorate: string;
  /** Whether the guest's emergency is active. */
  readonly active: boolean;
}

/** Name of the pool of hosted seats, and so a part of their stacks' names: `milan-anagrafe-hosted`. */
export function hostedName({ city, pool }: Pick<Hosting, "city" | "pool">): string {
  return `${city}-${pool}-hosted`;
}

/** What a host's file lets the pool of a guest have; undefined where it says nothing of it. */
export function hostingOf(host: DeclaredCity, guest: DeclaredCity, pool: string): Hosting | undefined {
  return host.emergency.hosting.find((hosting) => hosting.city === guest.city.id && hosting.pool === pool);
}

/**
 * The cities as they are deployed: each with what it hosts for the others, and with its own emergency's seats, as pools and
 * directorates after its own. While the guest's emergency is not active the hosted pools are decommissioned, as those of a
 * surge are: it adds nothing but machines, and its end takes just these.
 * @param cities all that there are, checked: seats of a guest that is missing would be forgotten
 */
export function withEmergencies(cities: readonly DeclaredCity[]): DeployedCity[] {
  return cities.map((host) => {
    const hosted = cities.flatMap((guest) => hostedIn(host, guest));
    const directorates = new Map(hosted.map(({ directorate }) => [directorate.id, directorate]));
    return {
      ...host,
      kind: "deployed",
      directorates: [...host.directorates, ...directorates.values()],
      pools: [...host.pools, ...hosted.map(({ pool }) => pool), ...surgePools(host)],
    };
  });
}

/** The city during its emergency, with every seat that it promises to host, whether a guest asks for it or not: what it must have room for. */
export function withPromised(city: DeclaredCity): DeployedCity {
  const during = duringEmergency(city);
  return { ...during, pools: [...during.pools, ...promisedPools(city)] };
}

/**
 * A pool for each hosting of a city's file, with all seats that it promises. Their codes and directorates, which only the
 * guests' files say, are not those that stacks have.
 */
export function promisedPools({ emergency }: DeclaredCity): Pool[] {
  return emergency.hosting.map((hosting) =>
    hostedPool(hosting, { code: hosting.city, directorate: hosting.city, seats: hosting.seats, active: true }),
  );
}

function hostedIn(host: DeclaredCity, guest: DeclaredCity): { pool: Pool; directorate: Directorate }[] {
  const { active, surge } = guest.emergency;
  return surge.flatMap(({ pool, code, seats, hostedBy }) => {
    const hosting = hostedBy === host.city.id ? hostingOf(host, guest, pool) : undefined;
    const directorate = hostedDirectorate(guest, pool);
    if (hosting === undefined || directorate === undefined) return [];
    return [{ pool: hostedPool(hosting, { code, seats, directorate: directorate.id, active }), directorate }];
  });
}

/** The directorate of a guest's pool as the host has it. No directorate of the host's own has a dot in its id. */
function hostedDirectorate({ city, directorates, pools }: DeclaredCity, name: string): Directorate | undefined {
  const pool = pools.find((candidate) => candidate.name === name);
  const directorate = directorates.find(({ id }) => id === pool?.directorate);
  if (directorate === undefined) return undefined;
  return { ...directorate, id: `${city.id}.${directorate.id}`, name: `${directorate.name}, ${city.name}` };
}

/** Every field by name, so that the compiler asks of a new one whether a hosted pool has it. */
type EveryField<T> = { readonly [K in keyof Required<T>]: T[K] };

function hostedPool(hosting: Hosting, { active, ...asked }: Asked): EveryField<Pool> {
  const { workstation, imageVersion, cluster, datastore, segment, applications } = hosting;
  return {
    name: hostedName(hosting),
    ...asked,
    ...{ workstation, imageVersion, cluster, datastore, segment, applications },
    ...{ spread: undefined, hostGroup: undefined, rollout: undefined },
    ...emergencySeats(active),
  };
}
