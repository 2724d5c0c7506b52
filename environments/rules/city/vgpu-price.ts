import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** A vGPU without a price would look as if it cost nothing. */
export const vgpuPrice: CityRule = {
  id: "vgpu-price",
  explanation: "a price list has the vGPU of every image that has one",
  repair: "add its price, 0 where it is in another",
  *check({ prices, images }) {
    if (prices === undefined) return;
    const profiles = new Set(Object.values(images).flatMap(({ vgpuProfile }) => vgpuProfile ?? []));
    for (const profile of profiles) {
      if (prices.vgpus[profile] !== undefined) continue;
      yield { path: ["prices", "vgpus"], message: `no price of ${quoted(profile)}` };
    }
  },
};
