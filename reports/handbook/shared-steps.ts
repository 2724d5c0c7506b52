import { type } from "./text";
import type { WrittenStep } from "./text";

/** A change of the file, or of what stands, is previewed, approved and applied. */
export function applied(city: string, en: string, it: string): WrittenStep[] {
  return [
    type(
      `npm run preview -- ${city} --approval approval.json`,
      "See what a deployment would do; somebody else approves it. It ends with 3 where a gate is closed, as where somebody's seat is made anew: then the file needs a waiver first (review.waivers).",
      "Vedere che cosa farebbe una distribuzione; la approva un'altra persona. Termina con 3 se un controllo la blocca, come quando si ricrea la postazione di qualcuno: allora il file richiede prima una deroga (review.waivers).",
    ),
    type("npm run apply -- --approved approval.json", en, it),
  ];
}
