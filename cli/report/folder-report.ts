import type { Command } from "commander";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { runCommand } from "../run-command";
import { writeFolder } from "./folder-files";

/** Options of every such report. */
interface FolderOptions extends CityOptions {
  readonly out: string;
  readonly force: boolean;
}

/** A folder of files of one city, with options of its own. */
export interface FolderReport<Options> {
  readonly name: string;
  readonly description: string;
  /** What is written, after the options. */
  readonly help: string;
  /** The texts by their paths in the folder. @param id the city's */
  readonly files: (
    environments: string,
    id: string,
    options: Options,
  ) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>;
}

const CODES = `
Exit codes: 0 done, 1 a file could not be written, 2 bad input, or a file exists that this command did not write.`;

/** A `report` subcommand that writes all files of a folder or none, and prints their paths. */
export function folderReport<Options = object>({ name, description, help, files }: FolderReport<Options>): Command {
  return cityCommand(name, description, `${help}\n${CODES}`)
    .requiredOption("--out <dir>", "folder to write to")
    .option("--force", "overwrite existing files", false)
    .action((id: string, options: FolderOptions & Options) =>
      runCommand(async () => {
        const { environments, out, force } = options;
        for (const path of writeFolder(out, await files(environments, id, options), force)) console.log(path);
      }),
    );
}
