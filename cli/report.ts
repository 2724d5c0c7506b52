import { join, relative } from "node:path";
import { Command, Option } from "commander";
import { count } from "../environments/display";
import { environmentFiles, placesOf } from "../environments/load";
import type { City } from "../environments/model/city";
import { REPOSITORY } from "../lab/paths";
import { EXIT } from "./exit-code";
import { writeFirewall } from "./firewall-files";
import { guarded } from "./lab-guard";
import { namedCity } from "./named-city";
import { networkDiagram, networkPage, networkReport, networkText } from "./network-report";
import type { NetworkReport } from "./network-report";
import { csv } from "../segmentation/render/csv";
import { markdown } from "../segmentation/render/markdown";

const ENVIRONMENTS = join(REPOSITORY, "environments");
const FORMATS = ["text", "json", "markdown", "csv", "svg"] as const;

const NETWORK_HELP = `
Formats: text, the matrix and what is questionable; json, all of it; markdown, a page for the firewall team; csv, one row a
rule; svg, the segments and rules as a picture. What must and must not be reached was held when the file was loaded.

Exit codes: 0 done, 1 with --strict where a rule is shadowed, redundant or over-wide, 2 bad input.`;

const FIREWALL_HELP = `
For a city with network.gateway: nftables.conf and what each gateway is told (user-data and meta-data in a folder of its name).
For every city: aerleon/ with definitions and policies (aclgen --base_directory policies --definitions_directory def
--output_directory FOLDER), matrix.csv, matrix.md, segments.svg. All are written or none.

Exit codes: 0 done, 1 a file could not be written, 2 bad input, or a file is there that this command did not write.`;

interface NetworkOptions {
  readonly environments: string;
  readonly format: (typeof FORMATS)[number];
  readonly strict: boolean;
}

interface FirewallOptions {
  readonly environments: string;
  readonly out: string;
  readonly force: boolean;
}

/** `report`: what a city's file means, for people and for other programs. */
export function reportCommand(): Command {
  const report = new Command("report").description("Say what a city's file means");
  const place = relative(process.cwd(), ENVIRONMENTS) || ".";
  report
    .command("network")
    .description("who may reach whom, by which rule, and what is questionable")
    .argument("<city>", "a city's id")
    .addOption(new Option("--format <format>", "how it is shown").choices(FORMATS).default("text"))
    .option("--strict", "end with 1 where a rule is questionable", false)
    .option("--environments <dir>", "folder of the cities' files", place)
    .addHelpText("after", NETWORK_HELP)
    .action((id: string, options: NetworkOptions) => guarded(() => network(id, options)));
  report
    .command("firewall")
    .description("write everything that enforces a city's flows")
    .argument("<city>", "a city's id")
    .requiredOption("--out <dir>", "folder to write to")
    .option("--force", "overwrite what is there", false)
    .option("--environments <dir>", "folder of the cities' files", place)
    .addHelpText("after", FIREWALL_HELP)
    .action((id: string, options: FirewallOptions) => guarded(() => firewall(id, options)));
  return report;
}

async function network(id: string, { environments, format, strict }: NetworkOptions): Promise<void> {
  const city = namedCity(environments, id);
  const report = networkReport(city, placesOf(environmentFiles(environments), city));
  process.stdout.write(await shown(city, report, format));
  if (strict && report.findings.length > 0) {
    console.error(count(report.findings.length, "questionable rule"));
    process.exitCode = EXIT.failure;
  }
}

async function shown(city: City, report: NetworkReport, format: NetworkOptions["format"]): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
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

async function firewall(id: string, { environments, out, force }: FirewallOptions): Promise<void> {
  const written = await writeFirewall(namedCity(environments, id), out, force);
  for (const path of written) console.log(path);
}
