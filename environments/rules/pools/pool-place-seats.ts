import { count } from "../../display";
import { seatsByPlace } from "../../seats/places";
import type { CityRule } from "../rule";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/** A seat's name decides on its place: a place gets about as many seats as its weight says, not exactly. */
export const poolPlaceSeats: CityRule = {
  id: "pool-place-seats",
  explanation: "a place of a pool's spread has at most as many of the pool's own seats as its seats say",
  repair: "raise the place's seats, or lower its weight",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      for (const { place, seats } of seatsByPlace(city, pool)) {
        if (place.bound === undefined || seats <= place.bound) continue;
        const message = `${count(seats, "seat")} of the pool would be here, more than ${wholeNumber(place.bound)}`;
        yield { path: ["pools", index, ...place.path, "seats"], message };
      }
    }
  },
};
