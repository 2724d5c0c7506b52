import { definitionOf } from "./definition";
import type { City } from "./model/city";
import type { Pool } from "./model/desktops";
import { listedNumbers } from "./model/seat-numbers";
import { versionOf } from "./rollout";
import { seatNumber } from "./seats";
import type { Shard } from "./seats";

/** The machine of a seat, as far as it may differ from the others of its pool. */
export interface Machine {
  /** Name of the seat, the machine and the computer. */
  readonly name: string;
  /** Name of the template in vCenter that it is made from. */
  readonly template: string;
  /** Whether it stays whatever the file says of its image: a dedicated seat that is not listed under `replace`. */
  readonly kept: boolean;
}

/**
 * The machines of a shard of a checked city's pool, in the order of their seats.
 * @throws Error when a reference of the pool leads nowhere: the rules let no such city pass
 */
export function machinesOf(city: City, pool: Pool, shard: Shard): Machine[] {
  const { image } = definitionOf(city, pool);
  const listed = listedNumbers(pool.replace);
  return shard.seats.map((name) => ({
    name,
    template: image.versions[versionOf(pool, name)]?.template ?? "",
    kept: pool.assignment === "dedicated" && !listed.has(seatNumber(name)),
  }));
}
