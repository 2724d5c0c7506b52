import { Option } from "commander";
import type { Command } from "commander";
import { cityCommand } from "../city-command";
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

/** The option `--format`; its first value is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "output format").choices(formats).default(formats[0]);
}
