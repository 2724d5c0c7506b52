import { shardsOf } from "../../seats/seats";
import type { CityRule } from "../rule";

/** The anti-affinity rule is created in the machines' stack; machines of two stacks would not be kept apart. */
export const antiAffinityOneStack: CityRule = {
  id: "anti-affinity-one-stack",
  explanation: "the seats of a pool with antiAffinity are all in one stack",
  repair: "retire the seats of all stacks but one, or write antiAffinity: false",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const stacks = pool.antiAffinity ? shardsOf(city, pool).filter(({ seats }) => seats.length > 0).length : 1;
      const message = `antiAffinity is on, and the seats are in ${String(stacks)} stacks`;
      if (stacks > 1) yield { path: ["pools", index, "antiAffinity"], message };
    }
  },
};
