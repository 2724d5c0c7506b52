import { join, relative } from "node:path";
import { Command } from "commander";
import { REPOSITORY } from "../lab/paths";

/** What every command on a city is told. */
export interface CityOptions {
  /** Folder of the cities' files. */
  readonly environments: string;
}

/** The folder of the cities' files in this repository. */
export const OWN_ENVIRONMENTS = join(REPOSITORY, "environments");

/**
 * A command on a city, named by its id.
 * @param environments folder of the cities' files, where no other is named
 */
export function cityCommand(
  name: string,
  description: string,
  help: string,
  environments: string = OWN_ENVIRONMENTS,
): Command {
  return new Command(name)
    .description(description)
    .argument("<city>", "a city's id")
    .option("--environments <dir>", "folder of the cities' files", relative(process.cwd(), environments) || ".")
    .addHelpText("after", help);
}

/** The folder of the files that are deployed: those that POSTAZIONI_ENVIRONMENTS names, as for the app itself. */
export function deployedEnvironments(): string {
  return process.env.POSTAZIONI_ENVIRONMENTS ?? OWN_ENVIRONMENTS;
}
