import type { Pool } from "../../model/desktops";
import { listedNumbers } from "../../model/seat-numbers";
import { seatNumberSet } from "../../seats/seats";
import type { CityRule } from "../rule";

/** Only a persistent machine can be adopted: any other follows its image, and would be replaced at once. */
export const adoptSeat: CityRule = {
  id: "adopt-seat",
  explanation: "a seat that adopts a machine is there, in a dedicated pool, and is not listed in replace",
  repair: "correct the seat's number, release its wave, or take the entry out",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) {
      const refused = refusal(pool);
      for (const [entry, { seat }] of pool.adopt.entries()) {
        const message = refused(seat);
        if (message !== undefined) yield { path: ["pools", index, "adopt", entry, "seat"], message };
      }
    }
  },
};

function refusal(pool: Pool): (seat: number) => string | undefined {
  const replaced = listedNumbers(pool.replace);
  return (seat) => {
    if (pool.assignment === "floating") return "the pool is floating: its machines follow the image";
    if (replaced.has(seat))
      return `the seat ${String(seat)} is listed in replace, where its machine would be made anew`;
    return seatNumberSet(pool).has(seat) ? undefined : `the pool has no seat ${String(seat)}: ${absence(pool, seat)}`;
  };
}

function absence({ seats, retired, decommissioned }: Pool, seat: number): string {
  if (decommissioned) return "it is decommissioned";
  if (seat > seats) return `its last one is ${String(seats)}`;
  return retired.includes(seat) ? "it is retired" : "its wave is not released";
}
