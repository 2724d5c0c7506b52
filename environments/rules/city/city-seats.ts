import { count } from "../../display";
import type { CityRule } from "../rule";

/** More than four vCenters' machines (vSphere 8's configuration maximum: 45,000 registered in one); measured up to 150,000. */
const MOST_SEATS = 200_000;

/**
 * Each seat costs a name, a machine and a place in a stack: a typing error in a hundred pools must not take minutes.
 */
export const citySeats: CityRule = {
  id: "city-seats",
  explanation: `the pools and surges of a city have at most ${count(MOST_SEATS, "seat number")}`,
  repair: "lower the seats of pools, or make it two cities",
  *check({ pools, emergency }) {
    let sum = 0;
    const lists = { pools: [["pools"], pools], surges: [["emergency", "surge"], emergency.surge] } as const;
    for (const [path, list] of Object.values(lists)) {
      for (const [index, { seats }] of list.entries()) {
        const before = sum;
        sum += seats;
        if (before > MOST_SEATS || sum <= MOST_SEATS) continue;
        yield { path: [...path, index, "seats"], message: `with these the city has ${count(sum, "seat number")}` };
      }
    }
  },
};
