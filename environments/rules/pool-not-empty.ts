import { seatNumbers } from "../seats";
import type { CityRule } from "./rule";

/** A pool whose seats are all retired would leave no stack, and its machines would stay behind in vCenter. */
export const poolNotEmpty: CityRule = {
  id: "pool-not-empty",
  explanation: "a pool has at least one seat that is not retired",
  repair: "destroy the pool's stacks and take the pool out, or issue new seats",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) {
      if (seatNumbers(pool).length > 0) continue;
      yield { path: ["pools", index, "retired"], message: `all ${String(pool.seats)} seats are retired` };
    }
  },
};
