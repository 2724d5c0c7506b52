import type { Command } from "commander";
import { driftMetrics } from "../metrics/drift-state";
import { driftMarkdown } from "../preview/drift-markdown";
import { driftReport } from "../preview/drift-report";
import type { DriftReport } from "../preview/drift-report";
import { driftPage } from "../preview/page/drift-page";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { exitByCode } from "./exit-by-code";
import { EXIT } from "../runtime/exit-code";
import { fileToLogIn } from "./login-hosts";
import { cityPlans } from "./preview/city-plans";
import type { CityPlanning } from "./preview/city-plans";
import { namedStacks } from "./preview/named-stacks";
import { give, json, requireFiles, writeReport } from "./report-files";
import { writeTextfile } from "./metrics/textfile";
import { formatOption } from "./report/report-options";

const MS = 1000;
const FORMATS = ["markdown", "json"] as const;
const EXIT_CODES: Readonly<Record<DriftReport["result"], number>> = { none: EXIT.ok, drifted: 2, failed: EXIT.failure };

const DRIFT_HELP = `
Makes Terraform refresh everything that it created for the city, and lists resources that are missing, or differ from the state in
an attribute that the file decides: a resized machine, an opened port group, a widened policy. Values that vCenter and Vault fill in
are left out. The list has names of attributes, no values. What other products and people changed and no deployment sets back
(their tags, notes and custom attributes, a disk that somebody grew, a machine that is off) is listed by itself, and is no drift.

Nothing is changed: the next deployment sets the drift back; to keep it, write it into the city's file.

A change of the file that is not deployed yet is no drift: npm run preview shows it. The file of --json lets a preview with --base and
--drift leave out stacks that this look found as their file has them. Variables that would make Terraform refresh only
a part, or nothing, are removed and listed (docs/guides/ci.md).

Exit codes: 0 no drift, 2 drift, 1 a stack could not be planned or an input is wrong, 130 ended by Ctrl-C.`;

interface DriftOptions extends CityOptions {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly json?: string;
  readonly html?: string;
  readonly metrics?: string;
}

/** `drift CITY`: shows what was changed outside Terraform. */
export function driftCommand(): Command {
  return cityCommand("drift", "what was changed outside Terraform", DRIFT_HELP)
    .argument("[stack...]", "names of stacks that are looked at, such as milan-network; by default all")
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it to this file instead of standard output")
    .option("--json <file>", "also write it to this file, as JSON")
    .option("--html <file>", "also write it to this file, as one self-contained HTML page")
    .option("--metrics <file>", "also write to this file, for Prometheus, how much has drifted and when that was seen")
    .action((id: string, stacks: string[], options: DriftOptions) =>
      exitByCode(async (signal) => EXIT_CODES[await drift(id, stacks, options, signal)]),
    );
}

async function drift(
  id: string,
  names: readonly string[],
  options: DriftOptions,
  signal: AbortSignal,
): Promise<DriftReport["result"]> {
  const { environments, format, out, json: jsonFile, html, metrics } = options;
  requireFiles({ "--out": out, "--json": jsonFile, "--html": html, "--metrics": metrics });
  const { deployed: city } = fileToLogIn(environments, id);
  const choose: CityPlanning["choose"] = (stacks) => namedStacks(stacks, names);
  const lookedAt = new Date();
  const { results } = await cityPlans("Drift", city, signal, { inFull: true, choose });
  const report = driftReport(city, results, lookedAt);
  give(format === "json" ? json(report) : driftMarkdown(report, city.city.name), out);
  if (jsonFile !== undefined) writeReport("--json", jsonFile, json(report));
  if (html !== undefined) writeReport("--html", html, driftPage(report, city.city.name));
  if (metrics !== undefined) writeTextfile(metrics, driftMetrics(report, Date.now() / MS));
  return report.result;
}
