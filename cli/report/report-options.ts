import { Option } from "commander";
import type { Command } from "commander";
import { cityCommand } from "../city-command";
import { LANGUAGES } from "../../words/language";
import type { CityOptions } from "../city-command";

/** Options of every report on a city. */
export interface ReportOptions extends CityOptions {
  /** The file to write it to. @default - standard output */
  readonly out?: string;
}

/** A `report` subcommand on a city, whose result is printed or written to a file. */
export function cityReport(name: string, description: string, help: string): Command {
  return cityCommand(name, description, help).option(
    "--out <file>",
    "write it to this file instead of standard output",
  );
}

/** The option `--lang` of reports that people of the city read; Italian by default, as cities are. */
export function languageOption(): Option {
  return new Option("--lang <language>", "language of its own words; the file's stay as they are")
    .choices(LANGUAGES)
    .default(LANGUAGES[0]);
}

/** Adds `--format text|json`; `--json` alone is the same as `--format json`, and not in the help: elsewhere it names a file. */
export function withTextOrJson(command: Command): Command {
  const short = new Option("--json", "the same as --format json").implies({ format: "json" }).hideHelp();
  return command.addOption(formatOption(["text", "json"])).addOption(short);
}

/** The option `--format`; its first value is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "output format").choices(formats).default(formats[0]);
}
