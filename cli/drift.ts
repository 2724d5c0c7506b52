import type { Command } from "commander";
import { driftMarkdown } from "../preview/drift-markdown";
import { driftReport } from "../preview/drift-report";
import type { DriftReport } from "../preview/drift-report";
import { driftPage } from "../preview/page/drift-page";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { exitByCode } from "./exit-by-code";
import { EXIT } from "./exit-code";
import { fileToLogIn } from "./login-hosts";
import { cityPlans } from "./preview/city-plans";
import { give, json, requireFiles, writeReport } from "./report-files";
import { formatOption } from "./report/report-options";

const FORMATS = ["markdown", "json"] as const;
const EXIT_CODES: Readonly<Record<DriftReport["result"], number>> = { none: EXIT.ok, drifted: 2, failed: EXIT.failure };

const DRIFT_HELP = `
Has Terraform look at everything that it made for the city, and tells what is gone, or differs from the state in something that the
file decides: a machine that was resized, a port group that was opened, a policy that was widened. What vCenter and Vault fill in by
themselves is left out. Names of attributes are told and no values. Nothing is changed: a deployment sets it back, and whoever wants
to keep it writes it into the city's file.

A change of the file that was not deployed yet is no drift: that is what npm run preview tells. What of the environment would have
Terraform look at a part, or not at all, is taken out and named (docs/guides/ci.md).

Exit codes: 0 nothing drifted, 2 something did, 1 something could not be planned or is wrong, 130 ended by Ctrl-C.`;

interface DriftOptions extends CityOptions {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly json?: string;
  readonly html?: string;
}

/** `drift CITY`: shows what was changed outside Terraform. */
export function driftCommand(): Command {
  return cityCommand("drift", "what was changed behind Terraform's back", DRIFT_HELP)
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it there instead of printing it")
    .option("--json <file>", "write it there as JSON too")
    .option("--html <file>", "write it there too, as a page for a browser that needs nothing beside itself")
    .action((id: string, options: DriftOptions) =>
      exitByCode(async (signal) => EXIT_CODES[await drift(id, options, signal)]),
    );
}

async function drift(id: string, options: DriftOptions, signal: AbortSignal): Promise<DriftReport["result"]> {
  const { environments, format, out, json: jsonFile, html } = options;
  requireFiles({ "--out": out, "--json": jsonFile, "--html": html });
  const { deployed: city } = fileToLogIn(environments, id);
  const report = driftReport(city, await cityPlans("Drift", city, signal));
  give(format === "json" ? json(report) : driftMarkdown(report, city.city.name), out);
  if (jsonFile !== undefined) writeReport("--json", jsonFile, json(report));
  if (html !== undefined) writeReport("--html", html, driftPage(report, city.city.name));
  return report.result;
}
