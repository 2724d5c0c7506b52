import { MANAGEMENT_PATH } from "../../../segmentation/plan";
import { effectiveFlows } from "../../network/effective-flows";
import { quoted } from "../../display";
import { repeated } from "../helpers/repeated";
import type { CityRule } from "../rule";

/** An id is a counter's name and stands in every log line: two rules with the same id could not be distinguished. */
export const flowIdOnce: CityRule = {
  id: "flow-id-once",
  explanation:
    "each flow and block has an id of its own, before which an application, a pool or the emergency puts its name; none " +
    `is ${MANAGEMENT_PATH}`,
  repair: "give one of the two another id",
  *check(city) {
    const blocks = city.network.blocks.map(({ id }, index) => ({ path: ["network", "blocks", index], id }));
    const ids = [...effectiveFlows(city), ...blocks].map(({ path, id }) => ({ path: [...path, "id"], name: id }));
    yield* repeated(ids, "id");
    for (const { path, name } of ids) {
      const message = `${quoted(name)} is the id of network.management`;
      if (name === MANAGEMENT_PATH) yield { path, message, repair: "give it another id" };
    }
  },
};
