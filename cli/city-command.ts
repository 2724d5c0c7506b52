import { join, relative } from "node:path";
import { Command, Option } from "commander";
import { PROJECT } from "../runtime/paths";
import { variable } from "../runtime/variable";

/** Options of every command on a city. */
export interface CityOptions {
  /** Folder of the cities' files. */
  readonly environments: string;
}

/** A command on a city, named by its id. */
export function cityCommand(name: string, description: string, help: string): Command {
  return new Command(name)
    .description(description)
    .argument("<city>", "a city's id")
    .addOption(environmentsOption())
    .addHelpText("after", help);
}

/** The option `--environments`, the same in every command. */
export function environmentsOption(): Option {
  const folder = relative(process.cwd(), deployedEnvironments()) || ".";
  return new Option("--environments <dir>", "folder of the cities' files, in place of POSTAZIONI_ENVIRONMENTS").default(
    folder,
  );
}

/** The folder of the files that are deployed: POSTAZIONI_ENVIRONMENTS, as for the app itself, or those of the repository. */
export function deployedEnvironments(): string {
  return variable("POSTAZIONI_ENVIRONMENTS") ?? join(PROJECT, "environments");
}
