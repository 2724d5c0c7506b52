import { ANY } from "../../../segmentation/reach";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import { repeated } from "../helpers/repeated";
import type { CityRule } from "../rule";
import type { Named } from "../helpers/select";

/** A flow names its ends by one word: its meaning must be clear without a look at three lists. */
export const endpointNames: CityRule = {
  id: "endpoint-names",
  explanation: "segments, services and networks outside have different names, and none is called any",
  repair: "rename one of the two",
  *check(city) {
    const names = namesOf(city);
    yield* repeated(names, "name");
    for (const { path, name } of names) {
      if (name === ANY) yield { path, message: `${quoted(ANY)} stands for every address`, repair: "rename it" };
    }
  },
};

function namesOf({ network }: City): Named[] {
  return (["segments", "services", "outside"] as const).flatMap((list) =>
    network[list].map(({ name }, index) => ({ path: ["network", list, index, "name"], name })),
  );
}
