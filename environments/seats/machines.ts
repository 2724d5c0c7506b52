import { templateOf } from "./definition";
import type { Definition, StoredPlace, Template } from "./definition";
import type { Assignment } from "../model/assignment";
import type { Pool } from "../model/desktops";
import { listedNumbers } from "../model/seat-numbers";
import { placeOf } from "./places";
import { versionOf } from "./rollout";
import { seatNumber } from "./seats";

/** The machine of a seat, as far as it may differ from the others of its pool. */
export interface Machine {
  /** Name of the seat, the machine and the computer. */
  readonly name: string;
  /** The template that it is made from. */
  readonly template: Template;
  /** The cluster that it runs in, and the datastore that holds its disks. */
  readonly place: StoredPlace;
  /** Whether it stays whatever the file says of its image: a dedicated seat that is not listed under `replace`. */
  readonly persistent: boolean;
  /** Where the machine stands that exists already: its path below the datacenter's machines. @default - it is made */
  readonly adopted: string | undefined;
  /** Who has it on the day that the city's file is right on. @default - the pool is floating: nobody has one of it */
  readonly holder: Holder | undefined;
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
 * Says of each seat of a pool which machine it has, by the seat's name.
 * @param assignments who holds which seat of the city, by the seat's name
 * @throws Error when no place of the pool has a weight: the rules let no such city pass
 */
export function machinesOf(
  { pool, image, template, places }: Definition,
  assignments: ReadonlyMap<string, Assignment>,
): (seat: string) => Machine {
  const templates = new Map(Object.entries(image.versions).map(([name, version]) => [name, templateOf(version)]));
  const dedicated = pool.assignment === "dedicated";
  const persistent = persistentNumbers(pool);
  const adopted = new Map(pool.adopt.map(({ seat, machine }) => [seat, machine]));
  return (name) => ({
    name,
    adopted: adopted.get(seatNumber(name)),
    template: templates.get(versionOf(pool, name)) ?? template,
    place: placed(places, name),
    persistent: persistent(seatNumber(name)),
    holder: dedicated ? holderOf(pool, assignments.get(name)) : undefined,
  });
}

/** Which seats of a pool, by number, keep their machine whatever changes: dedicated ones that `replace` does not list. */
export function persistentNumbers({
  assignment,
  replace,
}: Pick<Pool, "assignment" | "replace">): (number: number) => boolean {
  const listed = listedNumbers(replace);
  return (number) => assignment === "dedicated" && !listed.has(number);
}

function placed(places: readonly StoredPlace[], seat: string): StoredPlace {
  const place = placeOf(places, seat);
  if (place === undefined) throw new Error(`the seat ${seat} has no place`);
  return place;
}

function holderOf(pool: Pool, assignment: Assignment | undefined): Holder {
  return assignment === undefined
    ? { staff: FREE, directorate: pool.directorate }
    : { staff: assignment.staff, directorate: assignment.directorate };
}
