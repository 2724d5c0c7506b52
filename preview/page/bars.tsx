import type { VNode } from "preact";
import { count } from "../../environments/display";
import { SEAT_EFFECTS } from "../seat-changes";
import type { SeatEffect } from "../seat-changes";
import { wholeNumber } from "../../segmentation/render/whole-number";

/** Numbers of seats in a wave of a pool, by effect. */
export interface SeatBar {
  /** Name of the pool. */
  readonly pool: string;
  /** The wave's id; null for seats without one. */
  readonly wave: string | null;
  readonly counts: Readonly<Record<SeatEffect, number>>;
}

/** The drawing is hidden from screen readers; the text beside it says the same. */
export function SeatBars({ bars, label }: { readonly bars: readonly SeatBar[]; readonly label: string }): VNode {
  const longest = Math.max(1, ...bars.map(totalOf));
  return (
    <ul class="bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={JSON.stringify([bar.pool, bar.wave])}>
          <span class="name">
            <code>{bar.pool}</code> {bar.wave === null ? "no wave" : <code>{bar.wave}</code>}:{" "}
            {count(totalOf(bar), "seat")}
          </span>
          <Bar parts={SEAT_EFFECTS.map((effect) => ({ kind: effect, share: bar.counts[effect] / longest }))} />
          <span class="said">
            {SEAT_EFFECTS.filter((effect) => bar.counts[effect] > 0).map((effect) => (
              <span key={effect} class="count">
                <i class={`swatch ${effect}`} aria-hidden="true" /> {wholeNumber(bar.counts[effect])} {effect}{" "}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function totalOf({ counts }: SeatBar): number {
  return SEAT_EFFECTS.reduce((sum, effect) => sum + counts[effect], 0);
}

/** A part of a bar: its class, and its share of the bar's length, from 0 to 1. */
interface BarPart {
  readonly kind: string;
  readonly share: number;
}

/** A stacked bar. Its lengths are attributes: the Content Security Policy permits no inline styles. */
export function Bar({ parts }: { readonly parts: readonly BarPart[] }): VNode {
  const ends = parts.map((_, index) => parts.slice(0, index).reduce((sum, { share }) => sum + share, 0));
  return (
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="ground" x="0" y="0" width="1000" height="10" />
      {parts.map(({ kind, share }, index) =>
        share === 0 ? null : (
          <rect
            key={kind}
            class={kind}
            x={Math.round((ends[index] ?? 0) * 1000)}
            y="0"
            width={Math.max(2, Math.round(share * 1000))}
            height="10"
          />
        ),
      )}
    </svg>
  );
}
