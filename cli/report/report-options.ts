import { join, relative } from "node:path";
import { Command, Option } from "commander";
import { REPOSITORY } from "../../lab/paths";

const ENVIRONMENTS = join(REPOSITORY, "environments");

/** What every report is told. */
export interface ReportOptions {
  /** Folder of the cities' files. */
  readonly environments: string;
}

/** A command that reports on a city, named by its id. */
export function cityReport(name: string, description: string, help: string): Command {
  return new Command(name)
    .description(description)
    .argument("<city>", "a city's id")
    .option("--environments <dir>", "folder of the cities' files", relative(process.cwd(), ENVIRONMENTS) || ".")
    .addHelpText("after", help);
}

/** The option in which form a report is printed; the first one is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "how it is shown").choices(formats).default(formats[0]);
}
