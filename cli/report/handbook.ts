import type { Command } from "commander";
import type { Path } from "../../environments/path";
import { handbook } from "../../reports/handbook/handbook";
import { handbookMarkdown } from "../../reports/handbook/markdown";
import { handbookPage } from "../../reports/handbook/page";
import { deployedFile } from "../named-city";
import { give, writeReport } from "../report-files";
import { runCommand } from "../run-command";
import type { Language } from "../../words/language";
import { cityReport, languageOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const HANDBOOK_HELP = `
Who is called for what, their hours and escalation (support.contacts), what each role may do in vCenter (support.roles), break-glass,
and a runbook for each usual incident, with the very commands, which name things of this city. Markdown on standard output or in --out;
with --html also one self-contained page, which prints well: each runbook has an anchor there, such as #datastore-full.

Exit codes: 0 done, 2 bad input.`;

interface HandbookOptions extends ReportOptions {
  readonly lang: Language;
  readonly html?: string;
}

/** `report handbook` */
export function handbookCommand(): Command {
  return cityReport("handbook", "who is called, who may do what, and what to do about incidents", HANDBOOK_HELP)
    .addOption(languageOption())
    .option("--html <file>", "also write it to this file, as one self-contained HTML page")
    .action((id: string, options: HandbookOptions) =>
      runCommand(() => {
        const { deployed, placeOf } = deployedFile(options.environments, id);
        const book = handbook(deployed, options.lang, (path: Path) => placeOf(path).line);
        if (options.html !== undefined) writeReport("--html", options.html, handbookPage(book));
        give(handbookMarkdown(book), options.out);
      }),
    );
}
