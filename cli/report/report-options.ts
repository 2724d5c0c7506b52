import { Option } from "commander";
import type { Command } from "commander";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";

/** What every report on a city is told. */
export interface ReportOptions extends CityOptions {
  /** The file to write it to. @default - it is printed */
  readonly out?: string;
}

/** A report on a city, named by its id, that is printed or written to a file. */
export function cityReport(name: string, description: string, help: string): Command {
  return cityCommand(name, description, help).option("--out <file>", "write it there instead of printing it");
}

/** The option in which form a report is printed; the first one is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "how it is shown").choices(formats).default(formats[0]);
}
