import { count } from "../../display";
import type { CityRule } from "../rule";

/** An emergency begins at night too, and machines take minutes to start. */
export const powerReserve: CityRule = {
  id: "power-reserve",
  explanation:
    "the reserve of a pool's power is no larger than the pool, and not 0 where the emergency adds seats to the pool",
  repair: "correct reserve",
  *check({ pools, emergency }) {
    for (const [index, { name, seats, retired, power }] of pools.entries()) {
      if (power === undefined) continue;
      const path = ["pools", index, "power", "reserve"];
      const most = seats - retired.length;
      const [reserve, allowed] = [String(power.reserve), `up to ${String(most)}`];
      if (power.reserve > most) yield { path, message: `${reserve}, and the pool has ${count(most, "seat")}`, allowed };
      if (power.reserve > 0 || !emergency.surge.some(({ pool }) => pool === name)) continue;
      yield { path, message: "0, and the emergency needs the pool at any hour", allowed: "at least 1" };
    }
  },
};
