import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** An account for a pool that is not there would be read by nobody. */
export const accountPool: CityRule = {
  id: "account-pool",
  explanation: "the pools that join with an account are declared",
  repair: "name a pool",
  *check({ pools, secrets }) {
    const known = pools.map(({ name }) => name);
    for (const [account, { joins }] of (secrets.accounts?.rotated ?? []).entries()) {
      for (const [index, name] of joins.entries()) {
        const path = ["secrets", "accounts", "rotated", account, "joins", index];
        yield* dangling({ path, name, known, noun: "pool", declared: "pools" });
      }
    }
  },
};
