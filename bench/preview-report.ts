import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { environmentFiles, loadCities } from "../environments/load";
import type { Progress } from "../runtime/progress";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { runsApart } from "./apart";
import { writeLargeCity } from "./large-city";
import { writeLargePlans } from "./large-plans";
import { median, table } from "./table";
import { tenths } from "./timed";

const SIZES = [50, 750].map((seatsPerPool) => ({ pools: 20, seatsPerPool }));

/** Figures of one run. */
export interface ReportFigures {
  /** Reading and checking the plans. */
  readonly readMs: number;
  /** From plans to the report. */
  readonly reportMs: number;
  readonly markdownMs: number;
  readonly htmlMs: number;
  readonly markdownCharacters: number;
  readonly htmlBytes: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
}

/** The table's columns: the median of each figure, in the unit of its title. */
const COLUMNS: Readonly<Record<string, (run: ReportFigures) => number>> = {
  "read, s": ({ readMs }) => tenths(readMs),
  "report, s": ({ reportMs }) => tenths(reportMs),
  "Markdown, s": ({ markdownMs }) => tenths(markdownMs),
  "HTML, s": ({ htmlMs }) => tenths(htmlMs),
  "in all, s": ({ readMs, reportMs, markdownMs, htmlMs }) => tenths(readMs + reportMs + markdownMs + htmlMs),
  "peak memory, MB": ({ peakBytes }) => Math.round(peakBytes / 1e6),
  "Markdown, characters": ({ markdownCharacters }) => markdownCharacters,
  "HTML, MB": ({ htmlBytes }) => Number((htmlBytes / 1e6).toFixed(2)),
};

/**
 * The report of a large city's plans with a change of every seat: time, memory and size, medians of runs in their own
 * processes.
 */
export async function benchPreviewReport(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    const seats = size.pools * size.seatsPerPool;
    rows.push(await progress.step(`${String(seats)} seats`, () => Promise.resolve([seats, ...measure(size)])));
  }
  return table([["seats that change", "plans, MB", ...Object.keys(COLUMNS)], ...rows]);
}

function measure(size: (typeof SIZES)[number]): number[] {
  return inTemporaryFolder("large-plans-", (folder) => {
    const [environments, plans] = [join(folder, "environments"), join(folder, "plans")];
    for (const made of [environments, plans]) mkdirSync(made);
    writeLargeCity(environments, size);
    const [city] = loadCities(environmentFiles(environments));
    const bytes = city === undefined ? 0 : writeLargePlans(plans, city);
    const runs = runsApart<ReportFigures>("preview-report-run", environments, plans);
    return [Math.round(bytes / 1e6), ...Object.values(COLUMNS).map((figure) => median(runs.map(figure)))];
  });
}
