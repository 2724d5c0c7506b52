import { createHash } from "node:crypto";
import type { Pool } from "../model/desktops";
import type { Rollout } from "../model/rollout";

const ALL = 100;
const HASH_VALUES = 2 ** 32;

/** Percent of a pool's seats that have the version which comes: 0 once it is rolled back, 100 once it is promoted. */
export function shareOf({ state, canaryPercent, batches }: Rollout): number {
  if (state === "rolled-back") return 0;
  if (state === "promoted") return ALL;
  return state === "canary" ? canaryPercent : (batches[batchNumber(state) - 1] ?? 0);
}

/** The number of a batch: 2 of `batch-2`. */
export function batchNumber(state: string): number {
  return Number(state.slice("batch-".length));
}

/**
 * Where a seat stands in the order of all seats, from 0 to less than 100. It follows from the seat's name alone, so that
 * a larger share only adds seats, and no seat changes its place when others come or go.
 */
export function percentile(seat: string): number {
  return (createHash("sha256").update(seat).digest().readUInt32BE(0) / HASH_VALUES) * ALL;
}

/** The version of the image that a machine of the seat is made from. */
export function versionOf({ imageVersion, rollout }: Pick<Pool, "imageVersion" | "rollout">, seat: string): string {
  return rollout !== undefined && percentile(seat) < shareOf(rollout) ? rollout.to : imageVersion;
}
