import type { Command } from "commander";
import { cityPage } from "../../reports/city-page/page";
import { cityReport as reportOfCity } from "../../reports/city-page/city-report";
import { networkDiagram } from "../../reports/network-report";
import { changesOf } from "../city-history";
import { deployedFile } from "../named-city";
import { give, json, requireFiles, writeReport } from "../report-files";
import { runCommand } from "../run-command";
import type { Language } from "../../words/language";
import { cityReport, languageOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const MOST_CHANGES = 100;

const CITY_HELP = `
All of a city in one: seats by directorate and year against the plan, capacity, the map of its segments, who may reach and read what,
image versions, costs and funding, and the last changes of its file with who approved them, from git. As JSON, and with --html as one
page for a browser without a network, in Italian or with --lang en in English. For the city itself; what may be published is "report public".

Exit codes: 0 done, 2 bad input.`;

interface CityReportOptions extends ReportOptions {
  readonly lang: Language;
  readonly html?: string;
}

/** `report city` */
export function cityReportCommand(): Command {
  return cityReport("city", "all of a city in one page: what it has, and who answers for it", CITY_HELP)
    .addOption(languageOption())
    .option("--html <file>", "write it to this file as one HTML page, instead of JSON")
    .action((id: string, options: CityReportOptions) => runCommand(() => city(id, options)));
}

async function city(id: string, { environments, lang, html, out }: CityReportOptions): Promise<void> {
  requireFiles({ "--html": html, "--out": out });
  const file = deployedFile(environments, id);
  const report = reportOfCity(file, changesOf(file.placeOf(["city"]).file, MOST_CHANGES));
  if (html !== undefined)
    writeReport("--html", html, cityPage(report, await networkDiagram(file.declared, lang), lang));
  if (html === undefined || out !== undefined) give(json(report), out);
}
