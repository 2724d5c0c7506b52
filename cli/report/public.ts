import { join } from "node:path";
import type { Command } from "commander";
import { catalogue } from "../../reports/public/catalogue";
import { dataCsv, dataFiles } from "../../reports/public/data-files";
import { publicPage } from "../../reports/public/page";
import { publicReport } from "../../reports/public/published";
import type { Publication } from "../../environments/model/publication";
import { earlierCities } from "../city-history";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { namedFile } from "../named-city";
import { json, writeReport } from "../report-files";
import { runCommand } from "../run-command";
import type { Language } from "../../words/language";
import { languageOption } from "./report-options";

/** Enough for a programme's years at three publications a year, each with several changes. */
const MOST_VERSIONS = 40;

const PUBLIC_HELP = `
Writes index.html, one page, in Italian or with --lang en in English. In Italian, as their columns are what others read by: postazioni.csv
and modifiche.csv, the open data; progetto.csv where the file has a funded project; catalogo.jsonld, their metadata by DCAT-AP_IT, where
it has project.publication. Changes come from the file's history in git.

Nothing else of the file is in it: no person, machine, address, flow or group. Numbers from 1 to 4 are not shown: directorates with
so few people or seats are summed up with others.

Exit codes: 0 done, 2 bad input.`;

interface PublicOptions extends CityOptions {
  readonly out: string;
  readonly lang: Language;
}

/** `report public` */
export function publicCommand(): Command {
  return cityCommand("public", "what a city may publish: a page and open data", PUBLIC_HELP)
    .requiredOption("--out <dir>", "folder to write to")
    .addOption(languageOption())
    .action((id: string, options: PublicOptions) =>
      runCommand(() => {
        for (const path of published(id, options)) console.log(path);
      }),
    );
}

function published(id: string, { environments, out, lang }: PublicOptions): string[] {
  const { declared, placeOf } = namedFile(environments, id);
  const { file } = placeOf(["city"]);
  const report = publicReport(declared, earlierCities(file, MOST_VERSIONS));
  const { project } = declared;
  const publication = project?.publication;
  if (project !== undefined && publication === undefined)
    console.error(`${file}: no catalogo.jsonld without project.publication`);
  const files: readonly (readonly [string, string])[] = [
    ["index.html", publicPage(report, lang)],
    ...dataFiles(report).map((data) => [data.name, dataCsv(data, report)] as const),
    ...catalogueFile(report, publication),
  ];
  return files.map(([name, text]) => {
    writeReport("--out", join(out, name), text);
    return join(out, name);
  });
}

function catalogueFile(
  report: ReturnType<typeof publicReport>,
  publication: Publication | undefined,
): [string, string][] {
  return publication === undefined ? [] : [["catalogo.jsonld", json(catalogue(report, publication))]];
}
