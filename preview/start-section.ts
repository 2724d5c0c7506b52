import { count } from "../environments/display";
import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { PoolPreview } from "./report";

const MOST_NAMED = 20;

/** Machines that somebody stopped and that the change starts, as Markdown; empty without any. */
export function startSection(pools: readonly Pick<PoolPreview, "pool" | "seats">[]): string {
  const rows = pools.flatMap(({ pool, seats }) =>
    (["off", "suspended"] as const).flatMap((power) => {
      const started = seats.filter(({ startedFrom }) => startedFrom === power).map(({ seat }) => seat);
      return started.length === 0 ? [] : [[code(pool), power, String(started.length), named(started)]];
    }),
  );
  if (rows.length === 0) return "";
  const why = "Somebody stopped these machines. vSphere's provider starts every machine that it changes.";
  return ["### Started by this change", why, table(["pool", "now", "machines", "seats"], rows)].join("\n\n");
}

function named(seats: readonly string[]): string {
  const more = seats.length - MOST_NAMED;
  return [...seats.slice(0, MOST_NAMED).map(code), ...(more > 0 ? [count(more, "other")] : [])].join(", ");
}
