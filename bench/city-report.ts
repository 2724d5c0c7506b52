import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { writeLargeCity } from "./large-city";
import { median, table } from "./table";
import { tenths } from "./timed";

const RUNS = 3;
const SIZES = [50, 750].map((seatsPerPool) => ({ pools: 20, seatsPerPool }));

/** Figures of one run. */
export interface CityReportFigures {
  /** Reading and checking the file. */
  readonly loadMs: number;
  /** What may be published: page, tables and catalogue. */
  readonly publicMs: number;
  /** From the city to its report, and the map of its segments. */
  readonly cityMs: number;
  /** The city's page. */
  readonly pageMs: number;
  /** The devices with an address. */
  readonly inventoryMs: number;
  readonly pageBytes: number;
}

/** The table's columns: the median of each figure, in the unit of its title. */
const COLUMNS: Readonly<Record<string, (run: CityReportFigures) => number>> = {
  "load, s": ({ loadMs }) => tenths(loadMs),
  "report public, s": ({ publicMs }) => tenths(publicMs),
  "report city, s": ({ cityMs, pageMs }) => tenths(cityMs + pageMs),
  "report inventory, s": ({ inventoryMs }) => tenths(inventoryMs),
  "load and report city, s": ({ loadMs, cityMs, pageMs }) => tenths(loadMs + cityMs + pageMs),
  "page, MB": ({ pageBytes }) => Number((pageBytes / 1e6).toFixed(2)),
};

/** The reports on a large city: time and size, medians of runs in their own processes. */
export async function benchCityReport(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    const seats = size.pools * size.seatsPerPool;
    rows.push(await progress.step(`${String(seats)} seats`, () => Promise.resolve([seats, ...measure(size)])));
  }
  return table([["seats", ...Object.keys(COLUMNS)], ...rows]);
}

function measure(size: (typeof SIZES)[number]): number[] {
  const folder = mkdtempSync(join(tmpdir(), "large-city-"));
  try {
    mkdirSync(join(folder, "environments"));
    writeLargeCity(join(folder, "environments"), size);
    const runs = Array.from({ length: RUNS }, () => run(join(folder, "environments")));
    return Object.values(COLUMNS).map((figure) => median(runs.map(figure)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(environments: string): CityReportFigures {
  const args = ["--import", "tsx", join(REPOSITORY, "bench", "city-report-run.ts"), environments];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8" })) as CityReportFigures;
}
