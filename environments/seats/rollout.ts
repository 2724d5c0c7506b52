import { createHash } from "node:crypto";
import type { Pool } from "../model/desktops";
import type { Rollout } from "../model/rollout";

const ALL = 100;
const HASH_VALUES = 2 ** 32;

/** Percent of a pool's seats that have the new version: 0 when rolled back, 100 when promoted. */
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
 * The position of a seat in a rollout, from 0 to less than 100. It depends on the seat's name alone: a larger share only adds
 * seats, and adding or removing seats changes no other's position.
 */
export function percentile(seat: string): number {
  return (createHash("sha256").update(seat).digest().readUInt32BE(0) / HASH_VALUES) * ALL;
}

/** The version of the image that the seat's machine is cloned from. */
export function versionOf({ imageVersion, rollout }: Pick<Pool, "imageVersion" | "rollout">, seat: string): string {
  return rollout !== undefined && percentile(seat) < shareOf(rollout) ? rollout.to : imageVersion;
}
