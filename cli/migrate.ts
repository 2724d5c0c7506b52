import { Command } from "commander";
import { migrated } from "../editing/migrate/migrate";
import { escaped } from "../environments/display";
import { EXIT } from "../runtime/exit-code";
import { readSource } from "../environments/reading/source";
import { filesToEdit, readable } from "./edited-files";
import { environmentsOption } from "./city-command";
import { runCommand } from "./run-command";
import { writeWhole } from "./write-whole";

const HELP = `
Without FILE it takes every *.yaml and *.yml of the folder, which is POSTAZIONI_ENVIRONMENTS or environments/.
Keys that have moved since the file was written are moved with their comments, and no other line changes; a file of the present
format stays as it is. All files are read before the first is written. Then run validate: keys that are new are yours to write.
A file whose format is newer than this toolkit's is refused.

Exit code: 0, with --check 1 where a file is to be migrated, 2 where a file cannot be.`;

interface MigrateOptions {
  readonly environments: string;
  readonly check: boolean;
}

/** `migrate [FILE...] [--check]`: brings cities' files to the present format. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Bring cities' files of an older format to the present one, and keep their comments")
    .argument("[FILE...]", "files to migrate; by default those of every city")
    .addOption(environmentsOption())
    .option("--check", "write nothing; exit with 1 where a file is to be migrated", false)
    .addHelpText("after", HELP)
    .action((files: string[], options: MigrateOptions) =>
      runCommand(() => {
        migrate(filesToEdit(files, options.environments), options.check);
      }),
    );
}

function migrate(files: readonly string[], check: boolean): void {
  const all = readable(files).map((source) => ({
    source,
    ...migrated(source, (text) => readSource(source.file, text)),
  }));
  for (const { source, text, told } of all) {
    for (const one of told) console.log(`${escaped(source.file)}: ${one}`);
    if (told.length === 0) console.log(`${escaped(source.file)}: has the present format`);
    else if (check) process.exitCode = EXIT.failure;
    else writeWhole(source.file, text);
  }
}
