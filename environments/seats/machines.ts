import { templateOf } from "./definition";
import type { Definition, StoredPlace, Template } from "./definition";
import type { Assignment } from "../model/assignment";
import type { Pool } from "../model/desktops";
import type { Image } from "../model/image";
import { listedNumbers } from "../model/seat-numbers";
import { placeOf } from "./places";
import { versionOf } from "./rollout";
import { seatNumber } from "./seats";

/** What may differ between the machines of a pool. */
export interface Machine {
  /** Name of the seat, the machine and the computer. */
  readonly name: string;
  /** The template that it is cloned from. */
  readonly template: Template;
  /** The cluster that it runs in, and the datastore that holds its disks. */
  readonly place: StoredPlace;
  /** Whether it is never replaced: it is a dedicated seat that `replace` does not list. */
  readonly persistent: boolean;
  /** Path of an existing machine that is adopted, below the datacenter's machine folder; undefined where it is cloned. */
  readonly adopted: string | undefined;
  /** Who has it on the city's day `asOf`; undefined in a floating pool, and in a city without assignments. */
  readonly holder: Holder | undefined;
}

/** Who has a dedicated seat. */
export interface Holder {
  /** The person's staff number; `free` where nobody has it. */
  readonly staff: string;
  /** Id of the person's directorate; the pool's where nobody has it, and `free` where it has none. */
  readonly directorate: string;
}

const FREE = "free";

/**
 * The machines of a pool: a function from a seat's name to its machine.
 * @param assignments who holds which seat of the city, by the seat's name; undefined where no seat of it may have a holder
 * @throws Error when no place of the pool has a weight, which the rules refuse
 */
export function machinesOf(
  { pool, image, template, places }: Definition,
  assignments: ReadonlyMap<string, Assignment> | undefined,
): (seat: string) => Machine {
  const dedicated = pool.assignment === "dedicated";
  const persistent = persistentNumbers(pool);
  const adopted = new Map(pool.adopt.map(({ seat, machine }) => [seat, machine]));
  const templateIn = (version: Image["versions"][string] | undefined, { cluster }: StoredPlace): Template =>
    version === undefined ? template : templateOf(version, cluster);
  return (name) => ({
    name,
    adopted: adopted.get(seatNumber(name)),
    template: templateIn(image.versions[versionOf(pool, name)], placed(places, name)),
    place: placed(places, name),
    persistent: persistent(seatNumber(name)),
    holder: dedicated && assignments !== undefined ? holderOf(pool, assignments.get(name)) : undefined,
  });
}

/** Whether the seat of a number keeps its machine whatever changes: it is dedicated, and `replace` does not list it. */
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
    ? { staff: FREE, directorate: pool.directorate ?? FREE }
    : { staff: assignment.staff, directorate: assignment.directorate };
}
