import type { Command } from "commander";
import { evidencePage, evidenceReport } from "../../reports/evidence/report";
import { namedCity } from "../named-city";
import { give, json } from "../report-files";
import { runCommand } from "../run-command";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["markdown", "json"] as const;

const EVIDENCE_HELP = `
Measures that a city has to show, each with the rule, command or test that meets it here, what only the city can do, and what is
missing: AgID's minimum security measures (ABSC), the NIS2 baseline of the ACN, and the record of processing activities (GDPR, article
30) of who holds which seat. It claims no conformity.

Exit codes: 0 done, 2 bad input.`;

interface EvidenceOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
}

/** `report evidence` */
export function evidenceCommand(): Command {
  return cityReport(
    "evidence",
    "security and privacy measures: what meets them here, and what is missing",
    EVIDENCE_HELP,
  )
    .addOption(formatOption(FORMATS))
    .action((id: string, { environments, format, out }: EvidenceOptions) =>
      runCommand(() => {
        const report = evidenceReport(namedCity(environments, id));
        give(format === "json" ? json(report) : evidencePage(report), out);
      }),
    );
}
