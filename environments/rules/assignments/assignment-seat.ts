import { listed, quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import { seatNumberSet, seatPrefix } from "../../seats/seats";
import type { CityRule, Finding } from "../rule";

const NUMBER_WIDTH = 4;

/** An assigned seat must have a machine, and only a dedicated pool keeps one for a person. */
export const assignmentSeat: CityRule = {
  id: "assignment-seat",
  explanation: "an assignment's seat was issued and not retired, in a dedicated pool that is not decommissioned",
  repair: "correct the seat's name or take the line out",
  *check(city) {
    const pools = poolsByPrefix(city);
    for (const [index, { seat }] of city.assignments.entries()) {
      const pool = pools.get(seat.slice(0, -NUMBER_WIDTH));
      const number = Number(seat.slice(-NUMBER_WIDTH));
      const wrong = pool === undefined ? ofNoPool(seat, pools) : whyNot(seat, number, pool);
      if (wrong !== undefined) yield { path: ["assignments", index, "seat"], ...wrong };
    }
  },
};

type Wrong = Omit<Finding, "path">;

function poolsByPrefix({ city, pools }: City): Map<string, Pool> {
  return new Map(pools.map((pool) => [seatPrefix(city.code, pool.code), pool]));
}

function ofNoPool(seat: string, pools: ReadonlyMap<string, Pool>): Wrong {
  const prefixes = [...pools].filter(([, pool]) => isOpen(pool)).map(([prefix]) => prefix);
  const allowed = `a name that begins with ${listed(prefixes)}`;
  return { message: `${quoted(seat)} is a seat of no pool`, allowed };
}

function isOpen({ assignment, decommissioned }: Pool): boolean {
  return assignment === "dedicated" && !decommissioned;
}

function whyNot(seat: string, number: number, pool: Pool): Wrong | undefined {
  const name = quoted(pool.name);
  if (pool.assignment === "floating") return { message: `${quoted(seat)} is a seat of the floating pool ${name}` };
  if (pool.decommissioned) return { message: `${quoted(seat)} is a seat of the decommissioned pool ${name}` };
  if (seatNumberSet(pool).has(number)) return undefined;
  if (pool.retired.includes(number)) return { message: `${quoted(seat)} is retired` };
  const allowed = `numbers from 1 to ${String(pool.seats)}, as the pool ${name} has`;
  return { message: `${quoted(seat)} was not issued`, allowed };
}
