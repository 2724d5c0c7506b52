import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentFiles, loadCities } from "../environments/load";
import { REPOSITORY } from "../lab/paths";
import type { Progress } from "../lab/progress";
import { writeLargeCity } from "./large-city";
import { writeLargePlans } from "./large-plans";
import { median, table } from "./table";
import { tenths } from "./timed";

const RUNS = 3;
const SIZES = [50, 750].map((seatsPerPool) => ({ pools: 20, seatsPerPool }));

/** What one run took. */
export interface ReportFigures {
  /** Reading and checking the plans. */
  readonly readMs: number;
  /** From plans to the report. */
  readonly reportMs: number;
  readonly markdownMs: number;
  readonly htmlMs: number;
  readonly markdownCharacters: number;
  readonly htmlBytes: number;
  /** The most memory that the process had. */
  readonly peakBytes: number;
}

/** The report of a large city's plans, of which every seat changes: time, memory and size, medians of runs in processes of their own. */
export async function benchPreviewReport(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    const seats = size.pools * size.seatsPerPool;
    rows.push(await progress.step(`${String(seats)} seats`, () => Promise.resolve([seats, ...measure(size)])));
  }
  const head = [
    "seats that change",
    "plans, MB",
    "read, s",
    "report, s",
    "Markdown, s",
    "in all, s",
    "peak memory, MB",
  ];
  return table([[...head, "Markdown, characters", "HTML, MB"], ...rows]);
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
    const middle = (figure: (one: ReportFigures) => number): number => median(runs.map(figure));
    return [
      Math.round(bytes / 1e6),
      tenths(middle(({ readMs }) => readMs)),
      tenths(middle(({ reportMs }) => reportMs)),
      tenths(middle(({ markdownMs }) => markdownMs)),
      tenths(middle(({ htmlMs }) => htmlMs)),
      tenths(middle(({ readMs, reportMs, markdownMs, htmlMs }) => readMs + reportMs + markdownMs + htmlMs)),
      Math.round(middle(({ peakBytes }) => peakBytes) / 1e6),
      middle(({ markdownCharacters }) => markdownCharacters),
      Number((middle(({ htmlBytes }) => htmlBytes) / 1e6).toFixed(2)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(environments: string, plans: string): ReportFigures {
  const args = ["--import", "tsx", join(__dirname, "preview-report-run.ts"), environments, plans];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8" })) as ReportFigures;
}
