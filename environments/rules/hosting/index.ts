import { hostedBy } from "./hosted-by";
import { hostedCode } from "./hosted-code";
import { hostingGuest } from "./hosting-guest";
import { hostingOnce } from "./hosting-once";
import { hostingPool } from "./hosting-pool";
import type { RuleTopic } from "../rule";

/** Seats hosted in another city. */
export const hosting: RuleTopic = {
  title: "Seats in another city",
  city: [hostingOnce, hostingPool],
  crossCity: [hostedBy, hostedCode, hostingGuest],
};
