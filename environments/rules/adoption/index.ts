import { adoptMachine } from "./adopt-machine";
import { adoptSeat } from "./adopt-seat";
import type { RuleTopic } from "../rule";

/** Adopted machines. */
export const adoption: RuleTopic = {
  title: "Machines that are taken over",
  city: [adoptMachine, adoptSeat],
  crossCity: [],
};
