import { ciState } from "./ci-state";
import { cityDomain } from "./city-domain";
import { citySeats } from "./city-seats";
import { enginePlatform } from "./engine-platform";
import { engineState } from "./engine-state";
import { fundingOrder } from "./funding-order";
import { hostInOneCity } from "./host-in-one-city";
import { oneDatacenter } from "./one-datacenter";
import { projectDates } from "./project-dates";
import { providerDefect } from "./provider-defect";
import { publishedText } from "./published-text";
import { seatNameLength } from "./seat-name-length";
import { stackNameLength } from "./stack-name-length";
import { uniqueCity } from "./unique-city";
import { vaultShared } from "./vault-shared";
import { vgpuPrice } from "./vgpu-price";
import { waiverGate } from "./waiver-gate";
import { waiverOnce } from "./waiver-once";
import type { RuleTopic } from "../rule";

/** The city as a whole. */
export const city: RuleTopic = {
  title: "The city as a whole",
  city: [
    ciState,
    cityDomain,
    citySeats,
    enginePlatform,
    engineState,
    fundingOrder,
    projectDates,
    providerDefect,
    publishedText,
    seatNameLength,
    stackNameLength,
    vgpuPrice,
    waiverGate,
    waiverOnce,
  ],
  crossCity: [hostInOneCity, oneDatacenter, uniqueCity, vaultShared],
};
