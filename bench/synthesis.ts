import { join } from "node:path";
import { environmentFiles, loadCities } from "../environments/load";
import { seatNumbers } from "../environments/seats/seats";
import { REPOSITORY } from "../runtime/paths";
import { apart } from "./apart";
import { median, table } from "./table";

const RUNS = 3;

interface Figures {
  readonly milliseconds: number;
  readonly bytes: number;
}

/**
 * Synthesis of both cities at full size, one `for_each` for each shard compared with one construct for each seat, in
 * alternating runs.
 */
export function benchSynthesis(): string {
  const runs = Array.from({ length: RUNS }, () => ({ forEach: synthesis("for-each"), perSeat: synthesis("per-seat") }));
  const forEach = summary(runs.map((run) => run.forEach));
  const perSeat = summary(runs.map((run) => run.perSeat));
  const ratio = (perSeat.milliseconds / forEach.milliseconds).toFixed(0);
  const seats = seatsInTotal();
  return [
    table([
      ["way", "seats", "synthesis, s", "JSON, MB", "JSON bytes a seat"],
      row("one `for_each` a shard", seats, forEach),
      row("one construct a seat", seats, perSeat),
    ]),
    `\nOne \`for_each\` a shard is ${ratio} times faster (medians of ${String(RUNS)} runs, each in a process of its own).`,
  ].join("\n");
}

function synthesis(variant: string): Figures {
  return apart("synthesis-variant", [variant]) as Figures;
}

function summary(figures: readonly Figures[]): Figures {
  return { milliseconds: median(figures.map((f) => f.milliseconds)), bytes: median(figures.map((f) => f.bytes)) };
}

function row(way: string, seats: number, { milliseconds, bytes }: Figures): (string | number)[] {
  const seconds = Number((milliseconds / 1000).toFixed(2));
  return [way, seats, seconds, Number((bytes / 1e6).toFixed(2)), Math.round(bytes / seats)];
}

function seatsInTotal(): number {
  const pools = loadCities(environmentFiles(join(REPOSITORY, "environments"))).flatMap((city) => city.pools);
  return pools.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
