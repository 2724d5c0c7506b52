import { createHash } from "node:crypto";
import type { Pool } from "../model/desktops";
import type { Rollout } from "../model/rollout";
import { seatRange } from "../model/seat-numbers";
import { seatNumber } from "./seats";

const ALL = 100;
const HASH_VALUES = 2 ** 32;

/** Percent of a pool's seats that have the new version, beside those of its ring: 0 when rolled back, 100 when promoted. */
export function shareOf({ state, canaryPercent = 0, batches }: Rollout): number {
  if (state === "rolled-back") return 0;
  if (state === "promoted") return ALL;
  return state === "canary" ? canaryPercent : (batches[batchNumber(state) - 1] ?? 0);
}

/** The number of a batch: 2 of `batch-2`. */
export function batchNumber(state: string): number {
  return Number(state.slice("batch-".length));
}

/**
 * The position of a seat in the rollout of a version, from 0 to less than 100. It depends on the two names alone: a larger share only
 * adds seats, adding or removing seats changes no other's position, and another version has other canaries.
 */
export function percentile(seat: string, version: string): number {
  return (createHash("sha256").update(`${seat}-${version}`).digest().readUInt32BE(0) / HASH_VALUES) * ALL;
}

/** The version of the image that the seat's machine is cloned from. */
export function versionOf({ imageVersion, rollout }: Pick<Pool, "imageVersion" | "rollout">, seat: string): string {
  return rollout !== undefined && hasNew(rollout, seat) ? rollout.to : imageVersion;
}

function hasNew(rollout: Rollout, seat: string): boolean {
  if (rollout.state === "rolled-back") return false;
  return isInRing(rollout, seat) || percentile(seat, rollout.to) < shareOf(rollout);
}

function isInRing({ ring = [] }: Rollout, seat: string): boolean {
  const number = seatNumber(seat);
  return ring.map(seatRange).some(({ first, last }) => first <= number && number <= last);
}
