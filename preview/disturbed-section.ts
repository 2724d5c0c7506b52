import { table } from "../segmentation/render/markdown-text";
import { code } from "./code-span";
import type { Disturbance } from "./disturbed-seats";

/** Sessions at seats that change, as Markdown; empty without any. The hours are UTC's: a comment is read in other places too. */
export function disturbedSection(disturbed: readonly Disturbance[]): string {
  if (disturbed.length === 0) return "";
  const rows = disturbed.map(({ pool, seats, sessions, window }) => [
    code(pool),
    String(seats),
    sessionsText(sessions),
    window === null ? "any time" : `${minuteText(window.begins)} to ${minuteText(window.ends)}`,
  ]);
  const why =
    "People at these seats lose what they have open, unless the pool has maintenance: then their seats wait for them.";
  return ["### People at work", why, table(["pool", "seats", "sessions now", "when (UTC)"], rows)].join("\n\n");
}

/** How many sessions there are now, in a table. */
export function sessionsText(sessions: number | null): string {
  return sessions === null ? "not counted" : String(sessions);
}

/** An instant without its seconds: `2026-12-04 19:00`. */
export function minuteText(instant: string): string {
  return instant.slice(0, "2026-12-04T19:00".length).replace("T", " ");
}
