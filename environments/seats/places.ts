import { hash } from "node:crypto";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Path } from "../path";
import { seatName, seatNumbers } from "./seats";

/** A place of a pool's machines: a cluster and a datastore. */
export interface Placement {
  /** Its name, unique in the pool: `vdi-a/vsan-a`. */
  readonly name: string;
  /** Name of the cluster that they run in. */
  readonly cluster: string;
  /** Name of the datastore that holds their disks; undefined where the cluster has none, which a rule reports. */
  readonly datastore: string | undefined;
  /** Its share of the seats, in proportion to the other places' weights; 0 is none. */
  readonly weight: number;
  /** The most seats that it may have. @default - no bound */
  readonly bound?: number | undefined;
  /** Its path in the file, from the pool on. */
  readonly path: Path;
}

/** A place and the seats of a pool that are there. */
export interface PlacedSeats {
  /** The place. */
  readonly place: Placement;
  /** How many seats it has. */
  readonly seats: number;
}

/** The places of a pool in the order of the file: those of `spread`, or its one `cluster`; empty where it has neither. */
export function placesOf({ platform }: Pick<City, "platform">, { cluster, datastore, spread }: Pool): Placement[] {
  const only: NamedPlace[] = cluster === undefined ? [] : [{ cluster, datastore, weight: 1 }];
  return (spread ?? only).map(({ seats, ...place }, index) => {
    const datastore = datastoreOf({ platform }, place);
    const path = spread === undefined ? [] : ["spread", index];
    return { ...place, name: `${place.cluster}/${datastore ?? ""}`, datastore, bound: seats, path };
  });
}

/** Names of the clusters of a pool's places, each once. */
export function clustersOf({ cluster, spread = [] }: Pool): string[] {
  return [...new Set([...(cluster === undefined ? [] : [cluster]), ...spread.map((place) => place.cluster)])];
}

/** Name of a place's datastore: its own, or the first of its cluster; undefined where the cluster has none. */
export function datastoreOf(
  { platform }: Pick<City, "platform">,
  place: Pick<NamedPlace, "cluster" | "datastore">,
): string | undefined {
  return place.datastore ?? platform.datastores.find(({ cluster }) => cluster === place.cluster)?.name;
}

/** Whether a datastore of the file is a storage cluster. */
export function isStorageCluster({ platform }: Pick<City, "platform">, name: string): boolean {
  return platform.datastores.find((datastore) => datastore.name === name)?.members !== undefined;
}

/**
 * The place of a seat: the one with the highest score among those with a weight. A score depends on the seat and the place
 * alone, so changing one place moves seats only to it or away from it.
 * @returns undefined where no place has a weight, which a rule reports
 */
export function placeOf<P extends Placement>(places: readonly P[], seat: string): P | undefined {
  const open = openPlaces(places);
  if (open.length < 2) return open[0];
  const scored = open.map((place) => ({ place, score: scoreOf(place, seat) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).place;
}

/** How many of a pool's seats are in each of its places. */
export function seatsByPlace(city: Pick<City, "city" | "platform">, pool: Pool): PlacedSeats[] {
  const places = placesOf(city, pool);
  const numbers = seatNumbers(pool);
  const [only, ...others] = openPlaces(places);
  // With a single place no seat has to be named and hashed.
  if (others.length === 0) return places.map((place) => ({ place, seats: place === only ? numbers.length : 0 }));
  const counts = new Map<Placement | undefined, number>();
  for (const number of numbers) {
    const place = placeOf(places, seatName(city.city.code, pool.code, number));
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return places.map((place) => ({ place, seats: counts.get(place) ?? 0 }));
}

function openPlaces<P extends Placement>(places: readonly P[]): P[] {
  return places.filter(({ weight }) => weight > 0);
}

type NamedPlace = NonNullable<Pool["spread"]>[number];

const HEX_DIGITS = 12;
const HASH_VALUES = 16 ** HEX_DIGITS;

/**
 * Thaler and Ravishankar, "Using name-based mappings to increase hit rates" (1998), with weights: where h is spread evenly
 * between 0 and 1, a place has the largest -weight / ln(h) as often as its weight says. The hashed text differs from that of
 * rollouts, or all canaries would be in one place. hash() costs a fourth of createHash(), and rules call this often.
 */
function scoreOf(place: Placement, seat: string): number {
  const text = ["place", seat, place.name].join("/");
  const hashed = Number.parseInt(hash("sha256", text).slice(0, HEX_DIGITS), 16);
  return -place.weight / Math.log((hashed + 0.5) / HASH_VALUES);
}
