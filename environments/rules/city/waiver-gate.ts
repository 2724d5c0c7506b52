import { quoted } from "../../display";
import { hasGate } from "../../model/gates";
import type { CityRule } from "../rule";

/** A waiver of a gate that the city does not have would suggest that the gate exists. */
export const waiverGate: CityRule = {
  id: "waiver-gate",
  explanation: "a waiver opens a gate that review.gates has",
  repair: "add the gate, or take the waiver out",
  *check({ review }) {
    for (const [index, { gate }] of review.waivers.entries()) {
      if (hasGate(review.gates, gate)) continue;
      yield { path: ["review", "waivers", index, "gate"], message: `review.gates has no ${quoted(gate)}` };
    }
  },
};
