import { seatName } from "../environments/seats/seats";

/** A pool whose seats all have a holder. */
export interface HeldPool {
  /** Short code in its seats' names. */
  readonly code: string;
  /** Directorate of the people. */
  readonly directorate: string;
  /** How many seats it has. */
  readonly seats: number;
}

/** A CSV file of assignments in which every seat of the pools has a holder, without an end. */
export function heldSeats(city: string, pools: readonly HeldPool[]): string {
  const seats = pools.flatMap(({ code, directorate, seats }) =>
    Array.from({ length: seats }, (_, index) => ({ seat: seatName(city, code, index + 1), directorate })),
  );
  const lines = seats.map(({ seat, directorate }, index) => {
    const staff = `${city.toUpperCase()}${String(index + 1).padStart(6, "0")}`;
    return [seat, staff, directorate, "2026-01-12", ""].join(",");
  });
  return ["seat,staff,directorate,from,to", ...lines, ""].join("\n");
}
