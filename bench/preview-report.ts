import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentFiles, loadCities } from "../environments/load";
import { REPOSITORY } from "../runtime/paths";
import type { Progress } from "../runtime/progress";
import { writeLargeCity } from "./large-city";
import { writeLargePlans } from "./large-plans";
import { median, table } from "./table";
import { tenths } from "./timed";

const RUNS = 3;
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
  const folder = mkdtempSync(join(tmpdir(), "large-plans-"));
  const [environments, plans] = [join(folder, "environments"), join(folder, "plans")];
  try {
    mkdirSync(environments);
    mkdirSync(plans);
    writeLargeCity(environments, size);
    const [city] = loadCities(environmentFiles(environments));
    const bytes = city === undefined ? 0 : writeLargePlans(plans, city);
    const runs = Array.from({ length: RUNS }, () => run(environments, plans));
    return [Math.round(bytes / 1e6), ...Object.values(COLUMNS).map((figure) => median(runs.map(figure)))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(environments: string, plans: string): ReportFigures {
  const args = ["--import", "tsx", join(REPOSITORY, "bench", "preview-report-run.ts"), environments, plans];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8" })) as ReportFigures;
}
