import type { Command } from "commander";
import { prerequisitesPage, prerequisitesReport } from "../../reports/prerequisites/report";
import { deployedFile } from "../named-city";
import { give, json } from "../report-files";
import { runCommand } from "../run-command";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["markdown", "json"] as const;

const PREREQUISITES_HELP = `
What must be in vCenter, the network, Vault, the directory and the monitoring before the first deployment: each name that the file refers to and no
stack makes, what it has to be or have, and the file's line. "preflight" tells whether it is there.

JSON: city, vCenter, network, vault, directory, monitoring: each [{kind, name, must: text; file, line, column}].

Exit codes: 0 done, 2 bad input.`;

interface PrerequisitesOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
}

/** `report prerequisites` */
export function prerequisitesCommand(): Command {
  return cityReport("prerequisites", "what must be there before the first deployment", PREREQUISITES_HELP)
    .addOption(formatOption(FORMATS))
    .action((id: string, { environments, format, out }: PrerequisitesOptions) =>
      runCommand(() => {
        const { deployed, placeOf } = deployedFile(environments, id);
        const report = prerequisitesReport(deployed, placeOf);
        give(format === "json" ? json(report) : prerequisitesPage(report), out);
      }),
    );
}
