import type { Rollout } from "../../model/rollout";
import type { Path } from "../../path";
import { batchNumber } from "../../seats/rollout";
import type { CityRule, Finding } from "../rule";

/** A smaller share would give seats their old image back during a rollout. */
export const rolloutShares: CityRule = {
  id: "rollout-shares",
  explanation: "each batch of a rollout has more percent than the one before, the first more than the canaries",
  repair: "write the batches in growing order, and a state that is one of them",
  *check({ pools }) {
    for (const [index, { rollout }] of pools.entries()) {
      if (rollout === undefined) continue;
      const path = ["pools", index, "rollout"];
      yield* shrinking(rollout, path);
      yield* missingBatch(rollout, path);
    }
  },
};

function* shrinking({ canaryPercent = 0, batches }: Rollout, path: Path): Iterable<Finding> {
  for (const [index, share] of batches.entries()) {
    const before = batches[index - 1] ?? canaryPercent;
    if (share > before) continue;
    const message = `${String(share)} percent is not more than the ${String(before)} before it`;
    yield { path: [...path, "batches", index], message };
  }
}

function* missingBatch({ state, batches }: Rollout, path: Path): Iterable<Finding> {
  if (!state.startsWith("batch-") || batchNumber(state) <= batches.length) return;
  const message = `${state} is not there: the rollout has ${batches.length === 0 ? "none" : String(batches.length)}`;
  const names = batches.map((_, index) => `batch-${String(index + 1)}`);
  yield { path: [...path, "state"], message, allowed: ["canary", ...names, "promoted", "rolled-back"].join(", ") };
}
