import type { Progress } from "../runtime/progress";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { runsApart } from "./apart";
import { writeLargeCity } from "./large-city";
import { median, table } from "./table";
import { tenths } from "./timed";

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
  return inTemporaryFolder("large-city-", (folder) => {
    writeLargeCity(folder, size);
    const runs = runsApart<CityReportFigures>("city-report-run", folder);
    return Object.values(COLUMNS).map((figure) => median(runs.map(figure)));
  });
}
