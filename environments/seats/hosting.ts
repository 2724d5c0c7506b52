import { RETURN_MINUTES } from "../model/access";
import type { DeclaredCity, DeployedCity } from "../model/city";
import type { Directorate, Pool } from "../model/desktops";
import type { Hosting } from "../model/hosting";
import type { Surge } from "../model/surge";
import { onceEach } from "../once";
import { duringEmergency, emergencySeats, surgePools } from "./surge";

/** The seats that a guest's file asks for in another city. */
interface Asked extends Pick<Surge, "code" | "seats"> {
  /** Id of the directorate in the host's tags and folders; undefined where the guest's pool has none. */
  readonly directorate: string | undefined;
  /** Whether the guest's emergency is active. */
  readonly active: boolean;
}

/** Name of the pool of hosted seats, which is part of their stacks' names: `milan-anagrafe-hosted`. */
export function hostedName({ city, pool }: Pick<Hosting, "city" | "pool">): string {
  return `${city}-${pool}-hosted`;
}

/** The host's entry in `emergency.hosting` for a guest's pool; undefined where it has none. */
export function hostingOf(host: DeclaredCity, guest: DeclaredCity, pool: string): Hosting | undefined {
  return host.emergency.hosting.find((hosting) => hosting.city === guest.city.id && hosting.pool === pool);
}

/**
 * The cities as they are deployed: after its own pools and directorates each has those that it hosts for the others, then the
 * pools of its own surge. While the emergency is not active these pools are decommissioned: their stacks exist, and the
 * emergency adds only machines, which its end removes.
 * @param cities all cities, checked: without a guest's file its hosted seats are missing
 */
export function withEmergencies(cities: readonly DeclaredCity[]): DeployedCity[] {
  return cities.map((host) => {
    const hosted = cities.flatMap((guest) => hostedIn(host, guest));
    const directorates = new Map(hosted.flatMap(({ directorate: one }) => (one === undefined ? [] : [[one.id, one]])));
    return {
      ...host,
      kind: "deployed",
      directorates: [...host.directorates, ...directorates.values()],
      pools: [...host.pools, ...hosted.map(({ pool }) => pool), ...surgePools(host)],
    };
  });
}

/** The city during its emergency with all seats that it promises to host, whether a guest asks for them or not: for capacity; made once a city. */
export const withPromised = onceEach((city: DeclaredCity): DeployedCity => {
  const during = duringEmergency(city);
  return { ...during, pools: [...during.pools, ...promisedPools(city)] };
});

/**
 * A pool with all promised seats for each entry of `emergency.hosting`. Codes and directorates are in the guests' files only:
 * here they are placeholders, not those of the stacks.
 */
export function promisedPools({ emergency }: DeclaredCity): Pool[] {
  return emergency.hosting.map((hosting) =>
    hostedPool(hosting, { code: hosting.city, directorate: undefined, seats: hosting.seats, active: true }),
  );
}

function hostedIn(host: DeclaredCity, guest: DeclaredCity): { pool: Pool; directorate: Directorate | undefined }[] {
  const { active, surge } = guest.emergency;
  return surge.flatMap(({ pool, code, seats, hostedBy }) => {
    const hosting = hostedBy === host.city.id ? hostingOf(host, guest, pool) : undefined;
    if (hosting === undefined) return [];
    const directorate = hostedDirectorate(guest, pool);
    return [{ pool: hostedPool(hosting, { code, seats, directorate: directorate?.id, active }), directorate }];
  });
}

/** The directorate of a guest's pool in the host city; undefined where it has none. Its id has a dot, as no directorate's id in a file has. */
function hostedDirectorate({ city, directorates, pools }: DeclaredCity, name: string): Directorate | undefined {
  const pool = pools.find((candidate) => candidate.name === name);
  const directorate = directorates.find(({ id }) => id === pool?.directorate);
  if (directorate === undefined) return undefined;
  return { ...directorate, id: `${city.id}.${directorate.id}`, name: `${directorate.name}, ${city.name}` };
}

/** Requires every field by name, optional ones too: a new field of pools does not compile until it is decided here. */
type EveryField<T> = { readonly [K in keyof Required<T>]: T[K] };

function hostedPool(hosting: Hosting, { active, ...asked }: Asked): EveryField<Pool> {
  const { workstation, imageVersion, cluster, datastore, segment, organizationalUnit, applications } = hosting;
  return {
    name: hostedName(hosting),
    ...asked,
    ...{ workstation, imageVersion, cluster, datastore, segment, organizationalUnit, applications },
    ...{ spread: undefined, hostGroup: undefined, rollout: undefined, clone: "full", entitledGroup: undefined },
    ...{ power: undefined, idleDays: undefined, repair: undefined, maintenance: undefined },
    ...{ refresh: undefined, profiles: undefined },
    ...{ accessName: undefined, returnMinutes: RETURN_MINUTES },
    ...emergencySeats(active),
  };
}
