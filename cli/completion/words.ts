import type { Command, Option } from "commander";

/** Noun of an argument that is a city's id, as `cityCommand` has it. */
const CITY = "city";
/** Nouns of arguments that are paths. */
const PATH = /^(?:file|dir|folder|path)$/i;

/** What may follow a command's name. */
export interface CommandWords {
  /** The names that lead to it, such as `report capacity`; empty for the program itself. */
  readonly path: string;
  /** Its subcommands, the choices of its arguments, and its options. */
  readonly words: readonly string[];
  readonly takesCity: boolean;
  readonly takesPath: boolean;
  /** Options that take a value, each with its choices; without any it is a path or free text. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** The words of a command and of all below it, as commander's own help shows them. */
export function commandWords(command: Command, path: readonly string[] = []): CommandWords[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const options = help.visibleOptions(command);
  const names = command.registeredArguments.map((argument) => argument.name());
  const own = {
    path: path.join(" "),
    words: [
      ...below.map((one) => one.name()),
      ...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
      ...options.flatMap(flagsOf),
    ],
    takesCity: names.includes(CITY),
    takesPath: names.some((name) => PATH.test(name)),
    values: new Map(
      options.flatMap((one) => (takesValue(one) ? flagsOf(one).map((flag) => [flag, one.argChoices ?? []]) : [])),
    ),
  };
  // 'help' repeats all that is there.
  const others = below.filter((one) => one.name() !== "help");
  return [own, ...others.flatMap((one) => commandWords(one, [...path, one.name()]))];
}

function flagsOf({ long }: Option): string[] {
  return long === undefined ? [] : [long];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}
