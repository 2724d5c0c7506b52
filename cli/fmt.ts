import { readFileSync } from "node:fs";
import { Command } from "commander";
import { formatted } from "../editing/yaml/formatted";
import { count, escaped } from "../environments/display";
import { readSource } from "../environments/reading/source";
import type { Source } from "../environments/reading/source";
import { plainValue } from "../environments/reading/yaml-tree";
import type { YamlNode } from "../environments/reading/yaml-tree";
import { EXIT } from "../runtime/exit-code";
import { CommandError } from "../runtime/errors";
import { environmentsOption } from "./city-command";
import { filesToEdit, readable } from "./edited-files";
import { runCommand } from "./run-command";
import { writeWhole } from "./write-whole";

const HELP = `
Without FILE it takes every *.yaml and *.yml of the folder, which is POSTAZIONI_ENVIRONMENTS or environments/.
It writes as prettier does, with lines of 120 characters: indentation, quotes, blanks in braces, line ends. Comments and the order
of keys stay as they are, since both tell a reader what belongs together; single blank lines stay too.
All files are read before the first is written; one that is no YAML is not touched, and neither are the others.

Exit code: 0, with --check 1 where a file is not formatted, 2 where a file cannot be read.`;

interface FmtOptions {
  readonly environments: string;
  readonly check: boolean;
}

/** A file and its text as prettier writes it. */
interface Formatted {
  readonly file: string;
  readonly text: string;
  readonly isChanged: boolean;
}

/** `fmt [FILE...] [--check]`: formats cities' files. */
export function fmtCommand(): Command {
  return new Command("fmt")
    .description("Format cities' files as CI's check wants them, and keep comments and the order of keys")
    .argument("[FILE...]", "files to format; by default those of every city")
    .addOption(environmentsOption())
    .option("--check", "write nothing; name each file that is not formatted, and exit with 1 where there is one", false)
    .addHelpText("after", HELP)
    .action((files: string[], options: FmtOptions) =>
      runCommand(() => fmt(filesToEdit(files, options.environments), options.check)),
    );
}

async function fmt(files: readonly string[], check: boolean): Promise<void> {
  const changed = (await Promise.all(readable(files).map(formattedFile))).filter(({ isChanged }) => isChanged);
  for (const { file, text } of changed) {
    if (!check) writeWhole(file, text);
    console.log(`${escaped(file)}: ${check ? "not formatted; repair: run fmt" : "formatted"}`);
  }
  if (changed.length === 0) console.error(`${count(files.length, "file")}: formatted already`);
  else if (check) process.exitCode = EXIT.failure;
}

async function formattedFile(source: Source): Promise<Formatted> {
  const { file } = source;
  const text = await formatted(source.text);
  if (values(readSource(file, text).root) !== values(source.root))
    throw new CommandError(
      `${file} would mean something else once it is formatted, so it is as before: please report it`,
    );
  return { file, text, isChanged: text !== readFileSync(file, "utf8") };
}

function values(root: YamlNode | undefined): string {
  return root === undefined ? "" : JSON.stringify(plainValue(root));
}
