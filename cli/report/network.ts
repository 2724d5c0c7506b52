import type { Command } from "commander";
import { count } from "../../environments/display";
import type { City } from "../../environments/model/city";
import { csv } from "../../segmentation/render/csv";
import { markdown } from "../../segmentation/render/markdown";
import { EXIT } from "../../runtime/exit-code";
import { InputError } from "../../runtime/errors";
import { runCommand } from "../run-command";
import { namedFile } from "../named-city";
import { handover } from "../../reports/handover/handover";
import { handoverPage } from "../../reports/handover/page";
import { networkDiagram, networkPage, networkReport, networkText } from "../../reports/network-report";
import type { NetworkReport } from "../../reports/network-report";
import { give, json } from "../report-files";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["text", "json", "markdown", "csv", "svg"] as const;

const NETWORK_HELP = `
Formats: text, the matrix and the findings; json, all of it; markdown, a page for the firewall team; csv, a row for each
rule; svg, the segments and rules as a diagram. With --handover: text or markdown, a page for the network team, and json. mustReach and mustNotReach were checked when the file was loaded.

Exit codes: 0 done, 1 with --strict where a rule is shadowed, redundant or over-wide, 2 bad input.`;

interface NetworkOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly strict: boolean;
  readonly handover: boolean;
}

/** `report network` */
export function networkCommand(): Command {
  return cityReport("network", "who may reach whom, by which rule, and questionable rules", NETWORK_HELP)
    .addOption(formatOption(FORMATS))
    .option("--strict", "exit with 1 where a rule is questionable", false)
    .option("--handover", "what the network team must configure outside vCenter, instead of who reaches whom", false)
    .action((id: string, options: NetworkOptions) => runCommand(() => network(id, options)));
}

async function network(id: string, options: NetworkOptions): Promise<void> {
  const { environments, format, strict, out } = options;
  const { declared: city, placeOf } = namedFile(environments, id);
  const report = networkReport(city, placeOf);
  give(options.handover ? shownHandover(city, format) : await shown(city, report, format), out);
  if (strict && report.findings.length > 0) {
    console.error(count(report.findings.length, "questionable rule"));
    process.exitCode = EXIT.failure;
  }
}

/** @throws InputError for a format that a page has not */
function shownHandover(city: City, format: NetworkOptions["format"]): string {
  if (format === "csv" || format === "svg")
    throw new InputError(`--handover: there is no ${format}; allowed: text, markdown, json`);
  return format === "json" ? json(handover(city)) : handoverPage(handover(city));
}

async function shown(city: City, report: NetworkReport, format: NetworkOptions["format"]): Promise<string> {
  switch (format) {
    case "json":
      return json(report);
    case "markdown":
      return markdown(networkPage(city));
    case "csv":
      return csv(report.rules);
    case "svg":
      return networkDiagram(city);
    case "text":
      return networkText(report);
  }
}
