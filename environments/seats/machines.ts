import { definitionOf, templateOf } from "./definition";
import type { StoredPlace, Template } from "./definition";
import type { Assignment } from "../model/assignment";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { listedNumbers } from "../model/seat-numbers";
import { placeOf } from "./places";
import { versionOf } from "./rollout";
import { seatNumber } from "./seats";
import type { Shard } from "./seats";

/** The machine of a seat, as far as it may differ from the others of its pool. */
export interface Machine {
  /** Name of the seat, the machine and the computer. */
  readonly name: string;
  /** The template that it is made from. */
  readonly template: Template;
  /** Name of the cluster that it runs in. */
  readonly cluster: string;
  /** Name of the datastore that holds its disks. */
  readonly datastore: string;
  /** Whether it stays whatever the file says of its image: a dedicated seat that is not listed under `replace`. */
  readonly persistent: boolean;
  /** Where the machine stands that exists already: its path below the datacenter's machines. @default - it is made */
  readonly adopted?: string;
  /** Who has it on the day that the city's file is right on. @default - the pool is floating: nobody has one of it */
  readonly holder?: Holder;
}

/** Who has a dedicated seat. */
export interface Holder {
  /** The person's staff number; `free` where nobody has it. */
  readonly staff: string;
  /** Id of the person's directorate; the pool's where nobody has it. */
  readonly directorate: string;
}

const FREE = "free";

/**
 * The machines of a shard of a checked city's pool, in the order of their seats.
 * @param assignments who holds which seat, by the seat's name: `currentAssignments` of the city, asked once for all shards
 * @throws Error when a reference of the pool leads nowhere, or no place has a weight: the rules let no such city pass
 */
export function machinesOf(
  city: City,
  pool: Pool,
  shard: Shard,
  assignments: ReadonlyMap<string, Assignment>,
): Machine[] {
  const { image, template, places } = definitionOf(city, pool);
  const templates = new Map(Object.entries(image.versions).map(([name, version]) => [name, templateOf(version)]));
  const dedicated = pool.assignment === "dedicated";
  const persistent = persistentNumbers(pool);
  const adopted = new Map(pool.adopt.map(({ seat, machine }) => [seat, machine]));
  return shard.seats.map((name) => ({
    name,
    ...adoptedFrom(adopted.get(seatNumber(name))),
    template: templates.get(versionOf(pool, name)) ?? template,
    ...placed(places, name),
    persistent: persistent(seatNumber(name)),
    ...(dedicated && { holder: holderOf(pool, assignments.get(name)) }),
  }));
}

/** Which seats of a pool, by number, keep their machine whatever changes: dedicated ones that `replace` does not list. */
export function persistentNumbers({
  assignment,
  replace,
}: Pick<Pool, "assignment" | "replace">): (number: number) => boolean {
  const listed = listedNumbers(replace);
  return (number) => assignment === "dedicated" && !listed.has(number);
}

function placed(places: readonly StoredPlace[], seat: string): Pick<Machine, "cluster" | "datastore"> {
  const place = placeOf(places, seat);
  if (place === undefined) throw new Error(`the seat ${seat} has no place`);
  return { cluster: place.cluster, datastore: place.datastore };
}

function adoptedFrom(machine: string | undefined): Pick<Machine, "adopted"> {
  return machine === undefined ? {} : { adopted: machine };
}

function holderOf(pool: Pool, assignment: Assignment | undefined): Holder {
  return assignment === undefined
    ? { staff: FREE, directorate: pool.directorate }
    : { staff: assignment.staff, directorate: assignment.directorate };
}
