import type { DesktopTemplate } from "./desktop-templates";

/** Microsoft, "Naming conventions in Active Directory": a computer's NetBIOS name has at most 15 characters. */
const LONGEST_SEAT_NAME = 15;

/** A seat and its machine. */
export interface DesktopSeat {
  /** Its name, at most 15 characters; the key of its machine in Terraform's state. */
  readonly name: string;
  /** The template that its machine is cloned from. */
  readonly template: DesktopTemplate;
  /** Name of its place, one of its pool's. */
  readonly place: string;
  /**
   * Whether its machine stays as it was made whatever its template is, and Terraform refuses to destroy it; for seats of
   * a dedicated pool.
   */
  readonly persistent: boolean;
  /** Inventory path of the machine that exists already and becomes its own; the seat is persistent. @default - it is made */
  readonly adopted?: string;
  /** Who has it: a staff number and a directorate's id, for its custom attributes. @default - nobody, it is a floating seat */
  readonly holder?: { readonly staff: string; readonly directorate: string };
}

/** What is impossible in seats, one sentence each; nothing where they are right. */
export function seatFailures(seats: readonly DesktopSeat[]): string[] {
  const names = seats.map(({ name }) => name);
  const long = names.filter((name) => name.length > LONGEST_SEAT_NAME);
  const doubles = names.length - new Set(names).size;
  return [
    ...long.map((name) => `seat name ${name} has more than ${String(LONGEST_SEAT_NAME)} characters`),
    ...(doubles > 0 ? [`${String(doubles)} seat names are given more than once`] : []),
    ...seats.filter(adoptedInVain).map(({ name }) => `seat ${name} adopts a machine and is not persistent`),
  ];
}

/** Any other resource would make the machine anew at once, as it is no clone. */
function adoptedInVain({ adopted, persistent }: DesktopSeat): boolean {
  return adopted !== undefined && !persistent;
}
