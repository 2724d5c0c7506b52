import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { Command } from "commander";
import type { Addition, Given } from "../editing/add/field";
import { FLOW } from "../editing/add/flow";
import { completed } from "../editing/add/given";
import { POOL } from "../editing/add/pool";
import { SEGMENT } from "../editing/add/segment";
import { insertItem } from "../editing/yaml/insert-item";
import type { Item } from "../editing/yaml/rendered-item";
import { textDiff } from "../editing/yaml/text-diff";
import { escaped } from "../environments/display";
import { environmentFiles, loadFiles } from "../environments/load";
import type { DeclaredCity } from "../environments/model/city";
import { EnvironmentError } from "../environments/violation";
import { InputError } from "../runtime/errors";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileOf } from "./named-city";
import { askingHere } from "./questions";
import { runCommand } from "./run-command";
import { writeWhole } from "./write-whole";

const HELP = `
What is needed and not given is asked for on a terminal; elsewhere all that is missing is told at once.
The item is put behind the last one of its list, and written like it; no other line of the file changes.
The file with it is checked first, against all other cities too. Where it would be wrong nothing is written, and the violations
are printed, with the lines that the file would have.

Exit code: 0 done, 2 where something is missing or the file is or would be wrong.`;

interface AddOptions extends CityOptions {
  readonly dryRun: boolean;
}

/** `add pool|segment|flow CITY`: adds an item to a city's file in place. */
export function addCommand(): Command {
  const command = new Command("add").description(
    "Add a pool, a segment or a flow to a city's file, which keeps its comments",
  );
  for (const addition of [POOL, SEGMENT, FLOW]) command.addCommand(additionCommand(addition));
  return command;
}

function additionCommand(addition: Addition): Command {
  const command = cityCommand(addition.noun, `Add a ${addition.noun} to a city's file`, HELP);
  for (const { option, meaning, needed } of addition.fields) {
    command.option(`--${option} <value>`, needed ? meaning : `${meaning}; may be left out`);
  }
  return command
    .option("--dry-run", "print the change as a diff, and write nothing", false)
    .action((id: string, options: AddOptions, self: Command) =>
      runCommand((signal) => add(addition, id, options, givenOf(addition, self), signal)),
    );
}

/** By its own names, since commander writes image-version as imageVersion. */
function givenOf({ fields }: Addition, command: Command): Given {
  const named = (option: string): string => option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    fields.map(({ option }) => [option, command.getOptionValue(named(option)) as string | undefined]),
  );
}

async function add(
  addition: Addition,
  id: string,
  options: AddOptions,
  given: Given,
  signal: AbortSignal,
): Promise<void> {
  const { file, files, city } = cityToChange(options.environments, id);
  const values = await completedHere(addition, given, city, signal);
  const before = readFileSync(file, "utf8");
  const item = addition.item(values).filter((entry): entry is Item[number] => entry[1] !== undefined);
  const { text, line } = insertItem(before, addition.list, item);
  requireRight(files, new Map([[file, text]]), addition.noun);
  const shown = escaped(relative(process.cwd(), file));
  if (options.dryRun) {
    process.stdout.write(textDiff(shown, before, text));
    return;
  }
  writeWhole(file, text);
  console.log(`${shown}:${String(line)}: the ${addition.noun} ${values[addition.naming] ?? ""} is added`);
  console.error(`${addition.next}.`);
}

/** The city's file and all files of the folder. @throws InputError where one of them is wrong already */
function cityToChange(folder: string, id: string): { file: string; files: string[]; city: DeclaredCity } {
  const files = environmentFiles(folder);
  try {
    const { declared, placeOf } = fileOf(loadFiles(files), id, folder);
    return { file: placeOf([]).file, files, city: declared };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new InputError(`${error.message}\nNothing was added: repair these first`);
  }
}

function completedHere(addition: Addition, given: Given, city: DeclaredCity, signal: AbortSignal): Promise<Given> {
  if (!process.stdin.isTTY) return completed(addition, given, city);
  return askingHere((ask) => completed(addition, given, city, ask), signal);
}

function requireRight(files: readonly string[], drafts: ReadonlyMap<string, string>, noun: string): void {
  try {
    loadFiles(files, drafts);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const lines = "its lines are those that the file would have";
    throw new InputError(`${error.message}\nNothing was written: with this ${noun} the file would be wrong; ${lines}`);
  }
}
