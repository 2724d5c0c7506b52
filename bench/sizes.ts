import type { Progress } from "../runtime/progress";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { runsApart } from "./apart";
import { writeLargeCity } from "./large-city";
import type { CitySize } from "./large-city";
import { median, table } from "./table";

const SIZES: readonly CitySize[] = [
  { pools: 20, seatsPerPool: 750 },
  { pools: 20, seatsPerPool: 7500 },
];

/** Figures of one run of one city. */
export interface SizeFigures {
  /** From the process's start until the app's modules are loaded. */
  readonly startMs: number;
  /** Reading, schema and rules. */
  readonly loadMs: number;
  /** From the checked city to the last `cdk.tf.json`. */
  readonly synthesisMs: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
  /** Size of all stacks' `cdk.tf.json`. */
  readonly jsonBytes: number;
}

/** Load, check and synthesis of large cities: time and memory, medians of runs in their own processes. */
export async function benchSizes(progress: Progress): Promise<string> {
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(await progress.step(title(size), () => Promise.resolve(measure(size))));
  const starts = rows.map(({ startMs }) => startMs);
  return [
    table([
      ["seats", "pools", "load and check, s", "synthesis, s", "in all, s", "peak memory, MB", "JSON, MB"],
      ...rows.map(cells),
    ]),
    `\nBefore that Node and the app's modules take ${seconds(Math.max(...starts))} s, whatever the city.`,
  ].join("\n");
}

interface Row extends SizeFigures, CitySize {}

function measure(size: CitySize): Row {
  return inTemporaryFolder("large-city-", (folder) => {
    writeLargeCity(folder, size);
    const runs = runsApart<SizeFigures>("sizes-run", folder);
    const middle = (figure: keyof SizeFigures): number => median(runs.map((figures) => figures[figure]));
    return {
      ...size,
      startMs: middle("startMs"),
      loadMs: middle("loadMs"),
      synthesisMs: middle("synthesisMs"),
      peakBytes: middle("peakBytes"),
      jsonBytes: middle("jsonBytes"),
    };
  });
}

function title(size: CitySize): string {
  return `${String(seats(size))} seats in ${String(size.pools)} pools`;
}

function seats({ pools, seatsPerPool }: CitySize): number {
  return pools * seatsPerPool;
}

function cells(row: Row): (string | number)[] {
  const { pools, loadMs, synthesisMs, peakBytes, jsonBytes } = row;
  const times = [loadMs, synthesisMs, loadMs + synthesisMs].map((ms) => Number(seconds(ms)));
  return [seats(row), pools, ...times, Math.round(peakBytes / 1e6), Number((jsonBytes / 1e6).toFixed(1))];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
