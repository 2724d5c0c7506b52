import type { DesktopTemplate } from "./desktop-templates";

/** Microsoft, "Naming conventions in Active Directory": a computer's NetBIOS name has at most 15 characters. */
const LONGEST_SEAT_NAME = 15;

/** A seat and its machine. */
export interface DesktopSeat {
  /** Its name, at most 15 characters; the machine's key in Terraform's state. */
  readonly name: string;
  /** The template that its machine is cloned from. */
  readonly template: DesktopTemplate;
  /** Name of its place, one of the pool's. */
  readonly place: string;
  /**
   * Whether its machine is kept when the template changes, and Terraform refuses to destroy it; for seats of a
   * dedicated pool.
   */
  readonly persistent: boolean;
  /**
   * Inventory path of an existing machine that the seat adopts; the seat must be persistent. @default - a new machine
   */
  readonly adopted?: string | undefined;
  /** Its holder: staff number and directorate's id, for the custom attributes. @default - nobody: a floating seat */
  readonly holder?: { readonly staff: string; readonly directorate: string } | undefined;
}

/** Checks seats; one sentence for each failure, empty if they are valid. */
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

/** In the other resource an adopted machine, which is no clone, would be replaced at once. */
function adoptedInVain({ adopted, persistent }: DesktopSeat): boolean {
  return adopted !== undefined && !persistent;
}
