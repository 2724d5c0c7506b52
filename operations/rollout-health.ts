import type { Rollout } from "../environments/model/rollout";
import type { SeatReport } from "./seat-report";

/** A seat that has the new version of a rollout. */
export interface RolloutSeat {
  readonly seat: string;
  readonly isOn: boolean;
  /** Whether its machine said that it joined the domain. */
  readonly isJoined: boolean;
  /** @default - it does not report */
  readonly report?: SeatReport | undefined;
}

const PER_CENT = 100;
const MOST_NAMED = 10;

/**
 * Why no larger share of a rollout may be deployed: too many of the seats that have the new version are not healthy, or none is known to
 * be. Seats that are off, as at night, say nothing. Undefined where nothing is against it.
 */
export function rolloutStop(seats: readonly RolloutSeat[], { to, stopAtPercent }: Rollout): string | undefined {
  const on = seats.filter(({ isOn }) => isOn);
  const bad = on.filter(isBad).map(({ seat }) => seat);
  if (bad.length < on.length && bad.length * PER_CENT <= on.length * stopAtPercent) return undefined;
  if (on.length === 0)
    return `all of the ${String(seats.length)} seats that have ${to} are off: nobody knows whether it works`;
  const more = bad.length - MOST_NAMED;
  const named = [...bad.slice(0, MOST_NAMED), ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
  return (
    `${String(bad.length)} of the ${String(on.length)} seats that have ${to} and are on are not healthy, and stopAtPercent is ` +
    `${String(stopAtPercent)}: ${named}`
  );
}

/** What to do next where a rollout stopped: seats that were just made are not healthy before they have joined. */
export function afterStop(seats: readonly RolloutSeat[], city: string): string {
  return `${firstStep(
    seats.filter(({ isOn }) => isOn),
    city,
  )}, roll back by state: rolled-back, or waive the gate`;
}

function firstStep(on: readonly RolloutSeat[], city: string): string {
  if (on.length === 0) return "start some of them";
  const listed = `'npm run seats -- ${city}' lists them`;
  const fresh = on.filter((seat) => !seat.isJoined && isBad(seat)).length;
  if (fresh === 0) return `repair them (${listed})`;
  return (
    `${String(fresh)} of them did not join the domain yet: 'npm run secrets -- first ${city}' gives them their first secret; deploy again ` +
    `in about a quarter of an hour, or once they are healthy (until then ${listed}); else repair them`
  );
}

function isBad({ report }: RolloutSeat): boolean {
  return report?.healthy !== true;
}
